package org.tonekeep.auth.internal;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Which passwords may be chosen (OWASP ASVS 5.0, 6.2): any characters, 8 to 1,024 of them, none
 * that was leaked, none made of the person's address and names or of the site's, none that is
 * guessed in fewer than a million tries (zxcvbn, score 2: guesses here are slowed down, and a
 * stolen database is of no use without the pepper). No rule about kinds of characters, no trimming.
 */
@Component(service = PasswordRules.class)
public final class PasswordRules {
  /** Fewest characters (code points). */
  static final int LEAST = 8;

  /** Most characters (UTF-16 units), so that nobody sends a book to be hashed. */
  static final int MOST = 1024;

  /** Fewest points of zxcvbn. */
  private static final int SCORE = 2;

  /** Fewest characters beside words that everybody knows of the person. */
  private static final int OTHERS = 6;

  /** zxcvbn's work grows with the square of the length and worse: it sees the beginning. */
  private static final int LOOKED_AT = 40;

  /** Most words of the person that are looked for, and most characters of each. */
  private static final int WORDS = 32;

  private static final int WORD_LENGTH = 64;

  private final Tenants tenants;
  private final LeakedPasswords leaked = new LeakedPasswords();
  private final Zxcvbn zxcvbn = new Zxcvbn();

  @Activate
  public PasswordRules(@Reference Tenants tenants) {
    this.tenants = tenants;
  }

  /** Why the password cannot be chosen, for the person; empty when it can. */
  Optional<String> problem(TenantId tenant, String password, String email, Profile profile) {
    Optional<String> misshapen = misshapen(password);
    if (misshapen.isPresent()) {
      return misshapen;
    }
    if (leaked.contain(password)) {
      return Optional.of("This password stands in lists of leaked ones, which thieves try first");
    }
    List<String> context = context(tenants.require(tenant).title(), email, profile);
    String folded = password.strip().toLowerCase(Locale.ROOT);
    if (others(folded, context) < OTHERS) {
      return Optional.of("The password is mostly your address, your name or that of the site");
    }
    int points = zxcvbn.measure(beginning(password), context).getScore();
    return points < SCORE
        ? Optional.of("This password is easily guessed; a few unrelated words make a strong one")
        : Optional.empty();
  }

  /**
   * Refuses a password that the account cannot have.
   *
   * @param pointer of the field, such as {@code /password}
   * @throws ProblemException 422 {@code invalid}
   */
  void require(String pointer, Account account, String password) {
    problem(account.tenant(), password, account.email(), account.profile())
        .ifPresent(
            problem -> {
              throw ProblemException.invalid(new FieldError(pointer, problem));
            });
  }

  /** The part of {@link #problem} that costs next to nothing: lengths and characters. */
  static Optional<String> misshapen(String password) {
    if (password.length() > MOST) {
      return Optional.of("A password has at most " + MOST + " characters");
    }
    if (password.codePointCount(0, password.length()) < LEAST) {
      return Optional.of("A password has at least " + LEAST + " characters");
    }
    return wellFormed(password)
        ? Optional.empty()
        : Optional.of("The password has a damaged character");
  }

  /** Half a surrogate pair would become '?' in UTF-8, the same for two different passwords. */
  static boolean wellFormed(String password) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(password);
  }

  /** How many characters stay when the words of the context are taken out; all without any. */
  private static int others(String folded, List<String> context) {
    String rest = folded;
    for (String word : context) {
      rest = rest.replace(word, "");
    }
    return rest.equals(folded) ? Integer.MAX_VALUE : rest.length();
  }

  private static String beginning(String password) {
    return password.length() <= LOOKED_AT ? password : password.substring(0, LOOKED_AT);
  }

  private static List<String> context(String title, String email, Profile profile) {
    List<String> words = new ArrayList<>();
    Stream.of(email, title, profile.displayName(), profile.username(), profile.artistName())
        .map(text -> shortened(text.strip()).toLowerCase(Locale.ROOT))
        .filter(text -> !text.isEmpty())
        .forEach(
            text -> {
              words.add(text);
              Stream.of(text.split("[^\\p{L}\\p{N}]+"))
                  .filter(part -> part.length() > 2)
                  .forEach(words::add);
            });
    return words.stream().distinct().limit(WORDS).toList();
  }

  private static String shortened(String text) {
    return text.length() <= WORD_LENGTH ? text : text.substring(0, WORD_LENGTH);
  }
}
