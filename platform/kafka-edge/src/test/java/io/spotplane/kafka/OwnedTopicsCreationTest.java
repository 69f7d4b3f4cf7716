package io.spotplane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;

class OwnedTopicsCreationTest {

    @Test
    void doesNotGiveUpWhileTheBrokerIsAway() {
        // Given
        var admin = new LateAdmin();
        var creation = new OwnedTopicsCreation(
                OwnedTopics.of(OwnedTopics.Topic.compacted("things")), admin, Duration.ofDays(7));
        // When
        creation.start();
        // Then
        await().untilAsserted(() -> assertThat(admin.created).containsExactly("things", "things.dlt"));
        await().until(() -> !creation.isRunning());
    }

    /** A broker that answers from the second call on. */
    private static final class LateAdmin extends KafkaAdmin {

        private final List<String> created = new CopyOnWriteArrayList<>();
        private int calls;

        LateAdmin() {
            super(Map.of());
        }

        @Override
        public void createOrModifyTopics(NewTopic... topics) {
            if (calls++ == 0) {
                throw new KafkaException("nobody there");
            }
            for (var topic : topics) {
                created.add(topic.name());
            }
        }
    }
}
