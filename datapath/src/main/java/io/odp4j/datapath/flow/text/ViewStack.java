package io.odp4j.datapath.flow.text;

import java.util.Arrays;

/** Views for nests, taken on the way in and given back on the way out, so that none is garbage. */
final class ViewStack {
    private AttributeView[] views = {};
    private int taken;

    void clear() {
        taken = 0;
    }

    AttributeView take() {
        if (taken == views.length) {
            views = Arrays.copyOf(views, taken + 4);
            for (int i = taken; i < views.length; i++) {
                views[i] = new AttributeView();
            }
        }
        return views[taken++];
    }

    /** Gives the views back that were taken last. */
    void giveBack(int count) {
        taken -= count;
    }
}
