package org.tonekeep.rest.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says of a user agent as much as thousands share: browser and system, no version. */
final class UserAgents {
  private static final int LONGEST = 1000;

  /** A mark in the user agent, and what it means; the first one that is there counts. */
  private record Mark(String text, String name) {}

  private static final List<Mark> PROGRAMS =
      List.of(
          new Mark("Edg", "Edge"),
          new Mark("OPR/", "Opera"),
          new Mark("SamsungBrowser", "Samsung Internet"),
          new Mark("Firefox/", "Firefox"),
          new Mark("FxiOS", "Firefox"),
          new Mark("CriOS", "Chrome"),
          new Mark("Chrome/", "Chrome"),
          new Mark("Chromium", "Chrome"),
          new Mark("Safari/", "Safari"),
          new Mark("curl/", "curl"),
          new Mark("Java-http-client", "Java"),
          new Mark("python", "Python"));
  private static final List<Mark> SYSTEMS =
      List.of(
          new Mark("Android", "Android"),
          new Mark("iPhone", "iOS"),
          new Mark("iPad", "iOS"),
          new Mark("CrOS", "ChromeOS"),
          new Mark("Windows", "Windows"),
          new Mark("Mac OS X", "macOS"),
          new Mark("Linux", "Linux"));

  private UserAgents() {}

  /** Such as {@code Firefox on Linux}; empty when there is none. */
  static String family(@Nullable String agent) {
    if (agent == null || agent.isBlank()) {
      return "";
    }
    String head = agent.length() > LONGEST ? agent.substring(0, LONGEST) : agent;
    String program = nameOf(head, PROGRAMS);
    String system = nameOf(head, SYSTEMS);
    return (program.isEmpty() ? "Other" : program) + (system.isEmpty() ? "" : " on " + system);
  }

  private static String nameOf(String agent, List<Mark> marks) {
    return marks.stream()
        .filter(mark -> agent.contains(mark.text()))
        .findFirst()
        .map(Mark::name)
        .orElse("");
  }
}
