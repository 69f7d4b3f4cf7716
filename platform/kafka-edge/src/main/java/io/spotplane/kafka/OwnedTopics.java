package io.spotplane.kafka;

import io.spotplane.contracts.event.Topics;
import java.util.List;
import java.util.stream.Stream;

/**
 * The topics that a service owns. Declared as a bean, they are made on start (with their dead-letter topics), or as soon as the
 * broker can be reached. Partitions are only ever added; settings of a topic that exists are not touched.
 *
 * @param topics the topics
 */
public record OwnedTopics(List<Topic> topics) {
    public OwnedTopics {
        topics = List.copyOf(topics);
    }

    /** These topics. */
    public static OwnedTopics of(Topic... topics) {
        return new OwnedTopics(List.of(topics));
    }

    /** Names of all topics to make: each with its dead-letter topic. */
    Stream<String> names() {
        return topics.stream().map(Topic::name).flatMap(name -> Stream.of(name, name + Topics.DEAD_LETTER_SUFFIX));
    }

    /**
     * One topic.
     *
     * @param name see {@link Topics}
     * @param partitions at least 1; the most consumers of one group that share the work
     * @param compacted whether only the last record of each key is kept, for ever; otherwise all, for the retention time
     */
    public record Topic(String name, int partitions, boolean compacted) {

        private static final int PARTITIONS = 3;

        public Topic {
            if (partitions < 1) {
                throw new IllegalArgumentException(name + " has " + partitions + " partitions, expected at least 1");
            }
        }

        /** A log of facts with three partitions. */
        public static Topic log(String name) {
            return new Topic(name, PARTITIONS, false);
        }

        /** The latest state of each key, with three partitions. */
        public static Topic compacted(String name) {
            return new Topic(name, PARTITIONS, true);
        }
    }
}
