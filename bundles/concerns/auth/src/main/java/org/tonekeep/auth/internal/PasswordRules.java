package org.tonekeep.auth.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Which passwords may be chosen (OWASP ASVS 5.0, 6.2): any characters, 8 to 1,024 of them, none of
 * the most common ones, not the own address. No rule about kinds of characters, no trimming.
 */
@Component(service = PasswordRules.class)
public final class PasswordRules {
  /** Fewest characters (code points). */
  static final int LEAST = 8;

  /** Most characters (UTF-16 units), so that nobody sends a book to be hashed. */
  static final int MOST = 1024;

  private static final Set<String> COMMON = common();

  private final Tenants tenants;

  @Activate
  public PasswordRules(@Reference Tenants tenants) {
    this.tenants = tenants;
  }

  /** Why the password cannot be chosen, for the person; empty when it can. */
  Optional<String> problem(TenantId tenant, String password, String email, Profile profile) {
    if (password.length() > MOST) {
      return Optional.of("A password has at most " + MOST + " characters");
    }
    if (password.codePointCount(0, password.length()) < LEAST) {
      return Optional.of("A password has at least " + LEAST + " characters");
    }
    if (!wellFormed(password)) {
      return Optional.of("The password has a damaged character");
    }
    String folded = password.toLowerCase(Locale.ROOT);
    if (COMMON.contains(folded)) {
      return Optional.of("This password is one of the first that anybody would try");
    }
    String address = email.strip().toLowerCase(Locale.ROOT);
    if (folded.strip().equals(address)) {
      return Optional.of("The password must not be your e-mail address");
    }
    String title = tenants.require(tenant).title().toLowerCase(Locale.ROOT);
    if (folded.strip().equals(title)) {
      return Optional.of("The password must not be the name of the site");
    }
    return Optional.empty();
  }

  /** Half a surrogate pair would become '?' in UTF-8, the same for two different passwords. */
  static boolean wellFormed(String password) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(password);
  }

  private static Set<String> common() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("The list of common passwords is not in the bundle");
      }
      try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .collect(Collectors.toUnmodifiableSet());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
