package io.odp4j.upcall.watch;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An event's key, mask and actions in their binary form, which text and JSON are made of. */
final class EventMatch {
    private final MessageWriter key = writer();
    private final MessageWriter mask = writer();
    private ByteBuffer actions;
    private int actionsLength;

    private static MessageWriter writer() {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(FlowKeyEncoder.MAX_LENGTH).order(ByteOrder.nativeOrder());
        return new MessageWriter().wrap(buffer, 0, FlowKeyEncoder.MAX_LENGTH);
    }

    /** Takes an event. */
    EventMatch set(Event event) {
        if (event.key().words()[FlowKey.ATTRIBUTES] == 0) {
            event.key().carryFromContents(); // what the cache holds has but the fields
        }
        key.wrap(key.buffer(), 0, FlowKeyEncoder.MAX_LENGTH);
        FlowKeyEncoder.encodeKey(event.key(), key);
        mask.wrap(mask.buffer(), 0, FlowKeyEncoder.MAX_LENGTH);
        if (event.mask() != null) {
            FlowKeyEncoder.encodeMask(event.key(), event.mask(), mask);
        }
        actionsLength = event.hasActions() ? event.actionsLength() : 0;
        actions = ByteBuffer.wrap(event.actions()).order(ByteOrder.nativeOrder());
        return this;
    }

    ByteBuffer key() {
        return key.buffer();
    }

    int keyLength() {
        return key.written();
    }

    ByteBuffer mask() {
        return mask.buffer();
    }

    /** 0 if there is no mask. */
    int maskLength() {
        return mask.written();
    }

    ByteBuffer actions() {
        return actions;
    }

    int actionsLength() {
        return actionsLength;
    }

    AttributeList keyAttributes() {
        return decode(KeyAttributes.TABLE, key.buffer(), key.written());
    }

    AttributeList maskAttributes() {
        return mask.written() == 0
                ? null
                : decode(KeyAttributes.TABLE, mask.buffer(), mask.written());
    }

    AttributeList actionAttributes() {
        return decode(ActionAttributes.TABLE, actions, actionsLength);
    }

    private static AttributeList decode(AttributeTable table, ByteBuffer buffer, int length) {
        return AttributeCodec.decode(table, new AttributeReader().wrap(buffer, 0, length));
    }
}
