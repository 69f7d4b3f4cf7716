package io.spotplane.stack;

import io.spotplane.stack.process.Part;
import java.time.Duration;

/** Is told what happens while the stack starts and stops; calls come from several threads. */
public interface Progress {

    /** Says nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void ready(Part part, Duration took) {}

        @Override
        public void stopped(Part part) {}
    };

    /** The part does its work now. */
    void ready(Part part, Duration took);

    /** The part has ended. */
    void stopped(Part part);
}
