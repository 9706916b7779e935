package io.odp4j.upcall.repl.view;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowMask;
import java.util.StringJoiner;

/** Which fields a mask has: {@code in_port,dl_type,nw_dst/24,tp_dst}. */
final class MaskText {
    private MaskText() {}

    static String of(FlowMask mask) {
        StringJoiner fields = new StringJoiner(",");
        for (FlowField field : FlowField.values()) {
            int set = 0;
            int leading = 0;
            for (int w = 0; w < field.words(); w++) {
                long bits = mask.words()[field.word() + w] & field.wordMask();
                int width = Math.min(64, field.bits());
                set += Long.bitCount(bits);
                long shifted = bits >>> (field.bits() < 64 ? field.shift() : 0);
                if (leading == w * 64) {
                    leading += Math.min(width, Long.numberOfLeadingZeros(~(shifted << 64 - width)));
                }
            }
            if (set == field.bits()) {
                fields.add(field.fieldName());
            } else if (set > 0) {
                fields.add(field.fieldName() + (leading == set ? "/" + set : "/*" + set));
            }
        }
        return fields.length() == 0 ? "(none)" : fields.toString();
    }
}
