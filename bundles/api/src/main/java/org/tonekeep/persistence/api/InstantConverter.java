package org.tonekeep.persistence.api;

import java.time.Instant;
import javax.persistence.AttributeConverter;
import javax.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Instants as BIGINT epoch milliseconds (EclipseLink 2.7 would store a serialised object). */
@Converter
public final class InstantConverter implements AttributeConverter<Instant, Long> {
  @Override
  public @Nullable Long convertToDatabaseColumn(@Nullable Instant value) {
    return value == null ? null : value.toEpochMilli();
  }

  @Override
  public @Nullable Instant convertToEntityAttribute(@Nullable Long value) {
    return value == null ? null : Instant.ofEpochMilli(value);
  }
}
