package io.spotplane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.event.Event;
import io.spotplane.contracts.event.EventType;
import io.spotplane.contracts.event.HostVanished;
import io.spotplane.contracts.event.Interruption;
import io.spotplane.contracts.event.RequestChanged;
import io.spotplane.contracts.event.Topics;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventCodecTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final EventCodec codec = new CloudEventCodec(EventJson.tolerant());

    @Test
    void whatIsWrittenIsWhatIsRead() {
        // Given
        var event = notice();
        // When
        var read = codec.read(received(codec.write(event)), Interruption.class);
        // Then
        assertThat(read).contains(event);
    }

    @Test
    void writesCloudEventsInBinaryModeKeyedBySubject() {
        // When
        var record = codec.write(notice());
        // Then
        assertThat(record.topic()).isEqualTo(Topics.INTERRUPTIONS);
        assertThat(record.key()).isEqualTo("instance-1");
        assertThat(record.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(headers(record))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "0198-1")
                .containsEntry("ce_type", "io.spotplane.provisioning.interruption-noticed.v1")
                .containsEntry("ce_source", "/spotplane/provisioning-service")
                .containsEntry("ce_subject", "instance-1")
                .containsEntry("ce_tenant", "acme")
                .containsEntry("ce_sequence", "7")
                .containsEntry("ce_time", "2026-11-21T12:00:00.123456Z")
                .containsEntry("ce_expires", "2026-11-21T12:02:00.123456Z")
                .containsEntry(
                        "ce_dataschema", "urn:spotplane:schema:io.spotplane.provisioning.interruption-noticed.v1")
                .containsEntry("ce_traceparent", TRACE)
                .containsEntry("traceparent", TRACE)
                .containsEntry("content-type", "application/json");
    }

    @Test
    void writesInTwoStepsWhatItWritesInOne() {
        // Given
        var event = notice();
        // When
        var data = codec.data(event.data());
        var record = codec.write(Envelope.of(event), data);
        // Then
        var whole = codec.write(event);
        assertThat(record.value()).isEqualTo(data).isEqualTo(whole.value());
        assertThat(record.headers()).isEqualTo(whole.headers());
        assertThat(record.topic()).isEqualTo(whole.topic());
        assertThat(record.key()).isEqualTo(whole.key());
        assertThat(record.timestamp()).isEqualTo(whole.timestamp());
    }

    @Test
    void writesATypeThatItDoesNotKnow() {
        // Given
        var type = "io.spotplane.weather.rain-observed.v1";
        var envelope = new Envelope("0198-3", type, "spotplane.weather", "/test", "a", "acme", 1, NOON, null, null);
        // When
        var record = codec.write(envelope, "{}".getBytes(UTF_8));
        // Then
        assertThat(record.topic()).isEqualTo("spotplane.weather");
        assertThat(headers(record))
                .containsEntry("ce_type", type)
                .containsEntry("ce_dataschema", "urn:spotplane:schema:" + type);
    }

    @Test
    void leavesOutWhatIsNotThere() {
        // When
        var record = codec.write(vanished());
        // Then
        assertThat(headers(record)).doesNotContainKeys("ce_expires", "ce_traceparent", "traceparent");
    }

    @Test
    void writesMoneyAsADecimalString() {
        // Given
        var changed = new RequestChanged(
                "r", null, RequestKind.GPU, RequestPhase.READY, null, "ready", 1, 1, Money.usd("0.1300"), NOON);
        // When
        var record = codec.write(event(EventType.REQUEST_SETTLED, "r", changed));
        // Then
        assertThat(new String(record.value(), UTF_8))
                .contains("\"costSoFar\":{\"amount\":\"0.1300\",\"currency\":\"USD\"}")
                .contains("\"changedAt\":\"2026-11-21T12:00:00.123456Z\"");
    }

    @Test
    void toleratesFieldsAndEnumValuesOfALaterVersion() {
        // Given
        var record = received(codec.write(notice()), """
                {"instanceId":"instance-1","certainty":"RUMOURED","mood":"sad"}""");
        // When
        var read = codec.read(record, Interruption.class);
        // Then
        assertThat(read).get().satisfies(event -> {
            assertThat(event.data().instanceId()).isEqualTo("instance-1");
            assertThat(event.data().certainty()).isNull();
        });
    }

    @Test
    void skipsATypeItDoesNotKnow() {
        // Given
        var record = codec.write(vanished());
        record.headers().remove("ce_type").add("ce_type", "io.spotplane.weather.rain-observed.v1".getBytes(UTF_8));
        // When
        var read = codec.read(received(record));
        // Then
        assertThat(read).isEmpty();
    }

    @Test
    void skipsATypeWithOtherData() {
        assertThat(codec.read(received(codec.write(vanished())), Interruption.class))
                .isEmpty();
    }

    @Test
    void takesTheKeyForTheSubjectAndZeroForTheSequenceOfAnOutsideProducer() {
        // Given
        var record = codec.write(vanished());
        record.headers().remove("ce_subject").remove("ce_sequence");
        // When
        var read = codec.read(received(record));
        // Then
        assertThat(read).get().satisfies(event -> {
            assertThat(event.subject()).isEqualTo("ca1:host-1");
            assertThat(event.sequence()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_specversion", "ce_id", "ce_type", "ce_source", "ce_tenant"})
    void aRecordWithoutItsEnvelopeIsPoison(String missing) {
        // Given
        var record = codec.write(vanished());
        record.headers().remove(missing);
        // Then
        assertThatThrownBy(() -> codec.read(received(record))).isInstanceOf(UnreadableEvent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"observedAt\":", "{\"observedAt\":\"yesterday\"}"})
    void dataThatDoesNotFitIsPoison(String data) {
        // Given
        var record = received(codec.write(vanished()), data);
        // Then
        assertThatThrownBy(() -> codec.read(record))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("HostVanished");
    }

    @Test
    void aSequenceThatIsNoNumberIsPoison() {
        // Given
        var record = codec.write(vanished());
        record.headers().remove("ce_sequence").add("ce_sequence", "many".getBytes(UTF_8));
        // Then
        assertThatThrownBy(() -> codec.read(received(record)))
                .isInstanceOf(UnreadableEvent.class)
                .hasMessageContaining("'many'");
    }

    private static Event<Interruption> notice() {
        var interruption = new Interruption(
                "instance-1",
                "request-1",
                "aws",
                "i-0abc",
                Interruption.Certainty.ANNOUNCED,
                "event",
                NOON,
                NOON,
                NOON.plusSeconds(120),
                null,
                "BUDGET");
        return new Event<>(
                "0198-1",
                EventType.INTERRUPTION_NOTICED,
                "/spotplane/provisioning-service",
                "instance-1",
                "acme",
                7,
                NOON,
                NOON.plusSeconds(120),
                TRACE,
                interruption);
    }

    private static Event<HostVanished> vanished() {
        return event(EventType.HOST_VANISHED, "ca1:host-1", new HostVanished("ca1:host-1", NOON));
    }

    private static <T> Event<T> event(EventType type, String subject, T data) {
        return new Event<>("0198-2", type, "/spotplane/test", subject, Event.PLATFORM, 1, NOON, null, null, data);
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        return received(sent, new String(sent.value(), UTF_8));
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent, String data) {
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), data.getBytes(UTF_8));
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        var headers = new HashMap<String, String>();
        record.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }
}
