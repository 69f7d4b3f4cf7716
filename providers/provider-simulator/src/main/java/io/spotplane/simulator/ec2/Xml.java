package io.spotplane.simulator.ec2;

import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes EC2's XML. */
final class Xml {

    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private Xml() {}

    /** {@code <ActionResponse>} with a request id and what {@code content} writes. */
    static String response(String action, Consumer<Xml> content) {
        var xml = new Xml();
        xml.text
                .append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(NAMESPACE)
                .append("\">");
        xml.text("requestId", UUID.randomUUID().toString());
        content.accept(xml);
        return xml.text.append("</").append(action).append("Response>").toString();
    }

    /** EC2's error document. */
    static String error(String code, String message) {
        var xml = new Xml();
        return xml.element(
                        "Response",
                        root -> root.element(
                                        "Errors",
                                        errors -> errors.element(
                                                "Error",
                                                error ->
                                                        error.text("Code", code).text("Message", message)))
                                .text("RequestID", UUID.randomUUID().toString()))
                .text
                .toString();
    }

    Xml element(String name, Consumer<Xml> content) {
        text.append('<').append(name).append('>');
        content.accept(this);
        text.append("</").append(name).append('>');
        return this;
    }

    Xml text(String name, Object value) {
        text.append('<')
                .append(name)
                .append('>')
                .append(escape(String.valueOf(value)))
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    /** {@code <name><item>…</item>…</name>}. */
    <T> Xml items(String name, List<T> items, BiConsumer<Xml, T> content) {
        return element(name, set -> items.forEach(item -> set.element("item", each -> content.accept(each, item))));
    }

    private static String escape(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
