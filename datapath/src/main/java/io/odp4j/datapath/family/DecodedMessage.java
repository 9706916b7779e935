package io.odp4j.datapath.family;

import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A netlink message as far as it could be understood.
 *
 * @param family name of its family; {@code netlink} for control messages, {@code protocol 12} or
 *     {@code family 31} where nothing is known
 * @param operation name of the operation, or {@code type 40}
 * @param offset where it begins in its buffer
 * @param length bytes, its header included
 * @param headers bytes before its attributes, where there are any
 * @param attributes what it holds, or null
 * @param problem why there are no attributes, or what an error message says; null if nothing
 */
public record DecodedMessage(
        String family,
        String operation,
        int type,
        int flags,
        int sequence,
        int portId,
        int offset,
        int length,
        int headers,
        AttributeList attributes,
        String problem) {}
