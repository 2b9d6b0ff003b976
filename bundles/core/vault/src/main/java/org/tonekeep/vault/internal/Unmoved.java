package org.tonekeep.vault.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.storage.api.BlobKey;

/** Blobs that stay where they are, and why: all in the log, the first ones in words. */
final class Unmoved {
  private static final Logger LOG = LoggerFactory.getLogger(Unmoved.class);
  private static final int NAMED = 3;

  private final List<String> named = new ArrayList<>();
  private long count;

  void add(BlobKey key, IOException why) {
    LOG.warn("{} stays where it is: {}", key.path(), why.getMessage(), why);
    count++;
    if (named.size() < NAMED) {
      named.add(key.kind() + "/" + key.id() + " (" + why.getMessage() + ")");
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How many, for a stage; empty when none. */
  String count() {
    return isEmpty() ? "" : ", " + count + " failed";
  }

  String words() {
    String more = count > named.size() ? " and " + (count - named.size()) + " more" : "";
    return count + " stay where they are: " + String.join(", ", named) + more + ".";
  }
}
