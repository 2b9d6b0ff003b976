package org.tonekeep.privacy.internal;

import java.util.List;
import org.tonekeep.privacy.api.DataClass;

/**
 * A holder of personal data that ever appeared.
 *
 * @param bundle symbolic name of its bundle
 * @param type its class, which tells two holders of one bundle apart
 */
public record Holder(String bundle, String type, List<DataClass> holds) {
  public Holder {
    holds = List.copyOf(holds);
  }

  /** What identifies the holder over restarts and updates. */
  String name() {
    return bundle + "~" + type;
  }
}
