package io.spotplane.benchmarks.serving;

import java.util.List;

/** One way to answer a question: the first page, in order. */
interface Answering {

    /** Its name in the table. */
    String name();

    /** The ids of the first page. */
    List<String> answer(Question question);
}
