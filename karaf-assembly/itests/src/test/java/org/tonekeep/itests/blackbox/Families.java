package org.tonekeep.itests.blackbox;

import java.util.List;

/** All families of attacks. */
final class Families {
  private Families() {}

  /** Prepares what its cases need, when its turn has come. */
  interface Making {
    List<Case> cases() throws Exception;
  }

  /** A kind of attack. */
  record Family(String name, Making making) {
    List<Case> cases() throws Exception {
      return making.cases();
    }
  }

  static List<Family> of(IsolationSite site) {
    return List.of(
        new Family("A1 ids of others", () -> new SwapFamily(site).cases()),
        new Family("A2 ways out of a folder", () -> new TraversalFamily(site).cases()),
        new Family("A3 letters that look alike", () -> new UnicodeFamily(site).cases()),
        new Family("A4 signed addresses", () -> new AddressFamily(site).cases()),
        new Family("A5 headers that pretend", () -> new SpoofFamily(site).cases()),
        new Family("A6 caches", () -> new CacheFamily(site).cases()),
        new Family("A7 members that bodies do not have", () -> new MassFamily(site).cases()),
        new Family("A8 other sites' pages", () -> new CrossSiteFamily(site).cases()),
        new Family("A9 guesses", () -> new GuessFamily(site).cases()),
        new Family("A10 content", () -> new ContentFamily(site).cases()),
        new Family("A11 addresses to fetch", () -> new OutwardFamily(site).cases()));
  }
}
