package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads times and durations from ISO-8601 texts only: a number could mean seconds or more. */
final class JsonTimes<T> extends StdScalarDeserializer<T> {
  private static final long serialVersionUID = 1L;

  private final transient Function<String, T> parse;

  private JsonTimes(Class<T> type, Function<String, T> parse) {
    super(type);
    this.parse = parse;
  }

  static SimpleModule module() {
    return new SimpleModule("tonekeep-times")
        .addDeserializer(Instant.class, new JsonTimes<>(Instant.class, Instant::parse))
        .addDeserializer(Duration.class, new JsonTimes<>(Duration.class, Duration::parse));
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable T deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (T) context.handleUnexpectedToken(handledType(), parser);
    }
    String text = parser.getText();
    try {
      return parse.apply(text);
    } catch (DateTimeException e) {
      return (T) context.handleWeirdStringValue(handledType(), text, "not ISO-8601");
    }
  }
}
