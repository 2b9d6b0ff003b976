package org.tonekeep.profile.internal;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Social;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;

/** Changes how a person is shown, in parts. */
@Component(service = ProfileChanges.class)
public final class ProfileChanges {
  private static final int TRIES = 3;

  private final Accounts accounts;
  private final PreferenceKeeper preferences;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public ProfileChanges(
      @Reference Accounts accounts,
      @Reference PreferenceKeeper preferences,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.accounts = accounts;
    this.preferences = preferences;
    this.audit = audit;
    this.tx = tx;
  }

  /**
   * What shall change.
   *
   * @param username empty to stay; an empty text to give it up; likewise the others
   * @param socials by network; an empty text removes the link, absent networks stay
   * @param preferences by name; null removes one, absent ones stay
   */
  public record Wish(
      Optional<String> username,
      Optional<String> displayName,
      Optional<String> artistName,
      Map<Social, String> socials,
      Map<String, @Nullable Object> preferences) {
    public Wish {
      socials = Map.copyOf(socials);
      preferences = Collections.unmodifiableMap(new LinkedHashMap<>(preferences));
    }

    /** Without preferences. */
    public Wish(
        Optional<String> username,
        Optional<String> displayName,
        Optional<String> artistName,
        Map<Social, String> socials) {
      this(username, displayName, artistName, socials, Map.of());
    }

    /** Without the person. */
    @Override
    public String toString() {
      return "Wish";
    }
  }

  /**
   * Changes the parts that are wished and nothing when one of them is not valid.
   *
   * @return the account as it is then
   * @throws ProblemException 422 {@code invalid} with a pointer to each field, 409 {@code
   *     username-taken}
   */
  public Account change(Caller caller, Wish wish, Peer peer) {
    try {
      return tried(caller, wish, peer);
    } catch (InvalidProfileException e) {
      throw ProblemException.invalid(
          e.wrong().stream()
              .map(wrong -> new FieldError(wrong.pointer(), wrong.detail()))
              .toArray(FieldError[]::new));
    } catch (UsernameTakenException e) {
      throw ProblemException.of(
          409, "username-taken", "Username taken", String.valueOf(e.getMessage()));
    }
  }

  /** Of two first preferences at the same moment the later change finds the earlier. */
  private Account tried(Caller caller, Wish wish, Peer peer) {
    for (int i = 1; ; i++) {
      try {
        return tx.call(caller.tenant(), () -> changed(caller, wish, peer));
      } catch (SimultaneousException e) {
        if (i == TRIES) {
          throw e;
        }
      }
    }
  }

  private Account changed(Caller caller, Wish wish, Peer peer) {
    Account account = own(caller);
    Profile old = account.profile();
    Profile next = merged(old, wish);
    boolean preferred = preferences.change(caller.tenant(), caller.account(), wish.preferences());
    if (next.equals(old) && !preferred) {
      return account;
    }
    if (!next.equals(old) && !accounts.setProfile(caller.tenant(), caller.account(), next)) {
      throw ProblemException.notFound();
    }
    audit.append(
        caller.tenant(),
        AuditEntry.of(Actor.of(caller), "profile.change")
            .on(caller.account().value())
            .ownedBy(caller.account())
            .from(peer.tag()));
    return own(caller);
  }

  private Account own(Caller caller) {
    return accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound);
  }

  private static Profile merged(Profile old, Wish wish) {
    Map<Social, String> socials = new EnumMap<>(Social.class);
    socials.putAll(old.socials());
    socials.putAll(wish.socials());
    socials.values().removeIf(String::isBlank);
    return new Profile(
        wish.displayName().orElse(old.displayName()),
        wish.username().orElse(old.username()),
        wish.artistName().orElse(old.artistName()),
        socials);
  }
}
