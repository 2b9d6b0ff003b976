package org.tonekeep.itests.blackbox;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tonekeep.itests.Tone;

/** A3: letters that look or fold alike. Two different inputs never share an object or account. */
final class UnicodeFamily {
  private static final List<String> INVISIBLE =
      List.of(
          "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u202d", "\u2066",
          "\u2069", "\u180e", "\u034f", "\u061c", "\u115f", "\u3164", "\ufe0f", "\u0000", "\u0009",
          "\u00a0", "\u2003", "\u3000", "\u2028", "\u0085");

  /** For each letter of the name others that look like it. */
  private static final Map<Character, String> ALIKE =
      Map.of(
          'p',
          "\u0440\u03c1\uff50\u1d18",
          'a',
          "\u0430\u03b1\uff41\u1d00",
          'c',
          "\u0441\u03f2\uff43\u217d",
          'i',
          "\u0456\u0131\uff49\u2170",
          'o',
          "\u043e\u03bf\uff4f\u0585",
          'e',
          "\u0435\uff45\u212f\u04bd");

  private static final String NAME = "apocapicoe";

  private final IsolationSite site;
  private final Musician owner;
  private final Musician other;
  private final String track;

  UnicodeFamily(IsolationSite site) throws Exception {
    this.site = site;
    this.owner = site.member("quiet");
    this.other = Musician.at(site.platform(), "quiet");
    this.track = owner.uploaded("Own", Tone.wav(1, 440)).path("id").asText();
    HttpResponse<String> named =
        owner.patch("/api/account", Musician.write(Map.of("username", NAME)));
    if (named.statusCode() != 200) {
      throw new AssertionError(named.statusCode() + named.body());
    }
  }

  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String name : namesLike()) {
      cases.add(new Case("A3 names", "A3 username " + spelled(name), () -> taken(name)));
    }
    for (String id : idsLike(track)) {
      cases.add(new Case("A3 ids", "A3 own track as " + spelled(id), () -> notFound(id)));
    }
    for (String tenant : variants("quiet")) {
      cases.add(new Case("A3 sites", "A3 site " + spelled(tenant), () -> noSite(tenant)));
    }
    for (String title : titles()) {
      cases.add(new Case("A3 titles", "A3 title " + spelled(title), () -> kept(title)));
    }
    return cases;
  }

  private static String spelled(String text) {
    StringBuilder spelled = new StringBuilder();
    text.chars()
        .forEach(
            c -> spelled.append(c > 0x20 && c < 0x7f ? "" + (char) c : String.format("<%04x>", c)));
    return spelled.toString();
  }

  private static Set<String> namesLike() {
    Set<String> names = new LinkedHashSet<>(variants(NAME));
    for (int i = 0; i < NAME.length(); i++) {
      for (char like : ALIKE.get(NAME.charAt(i)).toCharArray()) {
        names.add(NAME.substring(0, i) + like + NAME.substring(i + 1));
      }
    }
    return names;
  }

  /** The same text in other cases and with what nobody sees. */
  private static Set<String> variants(String text) {
    Set<String> variants = new LinkedHashSet<>();
    variants.add(text.toUpperCase(Locale.ROOT));
    variants.add(text.toUpperCase(Locale.forLanguageTag("tr")));
    variants.add(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1));
    for (String nothing : INVISIBLE) {
      variants.add(text + nothing);
      variants.add(nothing + text);
      variants.add(text.substring(0, 2) + nothing + text.substring(2));
    }
    StringBuilder wide = new StringBuilder();
    text.chars().forEach(c -> wide.append((char) (c < 0x7f ? c + 0xfee0 : c)));
    variants.add(wide.toString());
    variants.add(text + "\ud800");
    variants.add("\udc00" + text);
    variants.remove(text);
    return variants;
  }

  private static Set<String> idsLike(String id) {
    Set<String> ids = new LinkedHashSet<>(variants(id));
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c != '-') {
        ids.add(id.substring(0, i) + (char) (c + 0xfee0) + id.substring(i + 1));
        ids.add(id.substring(0, i) + Character.toUpperCase(c) + id.substring(i + 1));
      }
    }
    ids.add("{" + id + "}");
    ids.add("urn:uuid:" + id);
    ids.add(id.replace("-", ""));
    ids.remove(id);
    return ids;
  }

  private static Set<String> titles() {
    Set<String> titles = new LinkedHashSet<>();
    for (String word : List.of("Ångström", "Café", "ﬁnale", "ς", "İstanbul", "ñ", "한글", "ẛ̣")) {
      for (Normalizer.Form form : Normalizer.Form.values()) {
        titles.add(Normalizer.normalize(word, form));
      }
    }
    for (String nothing : INVISIBLE) {
      titles.add("Ti" + nothing + "tle");
    }
    return titles;
  }

  /** Another account can't have a name that folds to or looks like that of the first. */
  private synchronized String taken(String name) throws Exception {
    HttpResponse<String> answer =
        other.patch("/api/account", "{\"username\": \"" + escaped(name) + "\"}");
    int status = answer.statusCode();
    return status == 409 || status == 422 || status == 400 ? "" : status + answer.body();
  }

  private String notFound(String id) throws Exception {
    Wire.Answer answer =
        Wire.get(
            site.platform(),
            owner.root() + "/api/tracks/" + encoded(id),
            "Cookie: " + owner.cookie());
    return answer.status() == 404 || answer.status() == 400 ? "" : answer.toString();
  }

  private String noSite(String tenant) throws Exception {
    Wire.Answer answer =
        Wire.get(
            site.platform(), "/t/" + encoded(tenant) + "/api/account", "Cookie: " + owner.cookie());
    return answer.status() == 404 || answer.status() == 400 ? "" : answer.toString();
  }

  /** A title is kept, composed and with blanks for control characters, or refused. */
  private synchronized String kept(String title) throws Exception {
    HttpResponse<String> answer =
        owner.patch("/api/tracks/" + track, "{\"title\": \"" + escaped(title) + "\"}");
    boolean same =
        answer.statusCode() == 200
            && Musician.json(answer)
                .path("title")
                .asText()
                .equals(
                    Normalizer.normalize(
                        title.replaceAll("[\\p{Cntrl}\\x{85}\\x{2028}]", " "),
                        Normalizer.Form.NFC));
    return same || answer.statusCode() == 422 || answer.statusCode() == 400
        ? ""
        : answer.statusCode() + answer.body();
  }

  private static String encoded(String text) {
    StringBuilder raw = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (Character.isSurrogate((char) c)) {
                // As nobody should write it: the surrogate by itself.
                raw.append(
                    String.format(
                        "%%%02x%%%02x%%%02x",
                        0xe0 | c >> 12, 0x80 | (c >> 6 & 63), 0x80 | (c & 63)));
              } else {
                raw.append(
                    URLEncoder.encode("" + (char) c, StandardCharsets.UTF_8).replace("+", "%20"));
              }
            });
    return raw.toString();
  }

  private static String escaped(String text) {
    StringBuilder json = new StringBuilder();
    text.chars()
        .forEach(
            c -> json.append(c > 0x1f && c < 0x7f ? "" + (char) c : String.format("\\u%04x", c)));
    return json.toString();
  }
}
