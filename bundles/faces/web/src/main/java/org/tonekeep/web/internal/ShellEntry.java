package org.tonekeep.web.internal;

import java.net.URL;
import java.util.Optional;
import org.tonekeep.web.api.WebEntry;

/** The shell's own files, served like those of any entry. */
final class ShellEntry implements WebEntry {
  static final String ID = "shell";

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String feature() {
    return "";
  }

  @Override
  public String module() {
    return "shell.js";
  }

  @Override
  public Optional<URL> resource(String name) {
    return Optional.ofNullable(ShellEntry.class.getResource("/web/shell/" + name));
  }
}
