package org.tonekeep.rest.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What the annotations of a resource say, read when somebody first asks. */
final class ApiPiece {
  private final Class<?> type;
  private @Nullable ObjectNode piece;

  ApiPiece(Class<?> type) {
    this.type = type;
  }

  synchronized ObjectNode get() {
    ObjectNode known = piece;
    if (known == null) {
      known = ApiReader.read(type);
      piece = known;
    }
    return known;
  }
}
