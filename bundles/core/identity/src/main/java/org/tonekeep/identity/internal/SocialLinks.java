package org.tonekeep.identity.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tonekeep.identity.api.Social;

/**
 * Links to the five networks. What is stored is made anew from the name that the given address or
 * handle holds, so nothing else of an address survives: no other host, port or password, and no
 * parameter by which a network would send readers elsewhere.
 */
final class SocialLinks {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https://)?([A-Za-z0-9.-]+)(/[^?#\\\\]*)?(?:[?][^#\\\\]*)?(?:#.*)?");
  private static final Pattern FACEBOOK_ID =
      Pattern.compile("(?:https://)?[A-Za-z.]+/profile\\.php\\?id=([0-9]{5,20})(?:&.*)?");

  /**
   * A network.
   *
   * @param hosts that are its own, in lower case; its shorteners and redirectors are not
   * @param path of a profile; its first group that matched is put into {@code link}
   * @param handle what stands for a profile without an address
   */
  private record Network(
      List<String> hosts, Pattern path, Pattern handle, String link, String example) {}

  private static final Map<Social, Network> NETWORKS =
      Map.of(
          Social.INSTAGRAM,
          network(
              "https://www.instagram.com/%s",
              "[A-Za-z0-9_](?:[A-Za-z0-9._]{0,28}[A-Za-z0-9_])?",
              "instagram.com",
              "www.instagram.com"),
          Social.X,
          network(
              "https://x.com/%s",
              "[A-Za-z0-9_]{1,15}",
              "x.com",
              "www.x.com",
              "twitter.com",
              "www.twitter.com",
              "mobile.twitter.com"),
          Social.SOUNDCLOUD,
          network(
              "https://soundcloud.com/%s",
              "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,48}[A-Za-z0-9_])?",
              "soundcloud.com",
              "www.soundcloud.com",
              "m.soundcloud.com"),
          Social.SPOTIFY,
          new Network(
              List.of("open.spotify.com"),
              Pattern.compile(
                  "/(?:intl-[a-z]{2}/)?((?:artist/[A-Za-z0-9]{22})|(?:user/[A-Za-z0-9._-]{1,64}))/?"),
              Pattern.compile("(?!)"),
              "https://open.spotify.com/%s",
              "https://open.spotify.com/artist/…"),
          Social.FACEBOOK,
          network(
              "https://www.facebook.com/%s",
              "[A-Za-z0-9](?:[A-Za-z0-9.-]{2,73}[A-Za-z0-9])",
              "facebook.com",
              "www.facebook.com",
              "m.facebook.com",
              "web.facebook.com"));

  /** Pages of the networks that are nobody's profile, some of which send readers elsewhere. */
  private static final Set<String> PAGES =
      Set.of(
          """
                  about accounts discover explore flx gate gate.sc home i intent l l.php
                  linkshim login login.php logout oauth p people profile.php redirect reel
                  search share sharer sharer.php signin signup stories stream upload you
                  """
              .trim()
              .split("\\s+"));

  private SocialLinks() {}

  private static Network network(String link, String name, String... hosts) {
    return new Network(
        List.of(hosts),
        Pattern.compile("/@?(" + name + ")/?"),
        Pattern.compile("@?(" + name + ")"),
        link,
        String.format(Locale.ROOT, link, "name"));
  }

  /**
   * The address of the profile that is meant.
   *
   * @param given an address of the network, with or without {@code https://}, or a handle
   * @throws IllegalArgumentException saying what would be right
   */
  static String link(Social social, String given) {
    Network network = NETWORKS.get(social);
    if (network == null) {
      throw new IllegalArgumentException("No such network");
    }
    return name(social, network, given.strip())
        .filter(name -> !PAGES.contains(name.toLowerCase(Locale.ROOT)))
        .map(name -> String.format(Locale.ROOT, network.link(), name))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Give the address of your profile, such as " + network.example()));
  }

  private static Optional<String> name(Social social, Network network, String given) {
    Matcher id = FACEBOOK_ID.matcher(given);
    if (social == Social.FACEBOOK && id.matches() && isOwn(network, host(given))) {
      return Optional.of("profile.php?id=" + id.group(1));
    }
    Matcher address = ADDRESS.matcher(given);
    if (address.matches() && isOwn(network, address.group(1))) {
      String path = address.group(2) == null ? "" : address.group(2);
      return first(network.path().matcher(path));
    }
    // A dot is part of some handles: what is another host's address must not become one.
    boolean elsewhere =
        !given.startsWith("@") && given.matches("(?i).*\\.(com|net|org|me|co|io|fm|ly|gg)");
    return given.contains("/") || elsewhere
        ? Optional.empty()
        : first(network.handle().matcher(given));
  }

  private static String host(String address) {
    String bare = address.startsWith("https://") ? address.substring("https://".length()) : address;
    return bare.substring(0, bare.indexOf('/'));
  }

  private static boolean isOwn(Network network, String host) {
    return network.hosts().contains(host.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> first(Matcher matcher) {
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
