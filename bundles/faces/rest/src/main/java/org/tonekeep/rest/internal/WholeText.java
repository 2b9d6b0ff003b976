package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses half a character ({@code "\ud800"}, RFC 8259, 8.2): it has no UTF-8, and what was stored
 * in its place would be the same for two texts.
 */
final class WholeText extends StringDeserializer {
  private static final long serialVersionUID = 1L;

  static SimpleModule module() {
    return new SimpleModule("tonekeep-texts").addDeserializer(String.class, new WholeText());
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = super.deserialize(parser, context);
    if (text != null && text.codePoints().anyMatch(WholeText::isHalf)) {
      throw context.weirdStringException("", String.class, "half a character");
    }
    return text;
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
