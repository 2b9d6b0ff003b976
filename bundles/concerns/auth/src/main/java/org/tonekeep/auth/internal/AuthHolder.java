package org.tonekeep.auth.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.auth.internal.jpa.KnownStore;
import org.tonekeep.auth.internal.jpa.SessionStore;
import org.tonekeep.auth.internal.jpa.TokenStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The part of sessions and passwords in export and erasure. Hashes are secrets: never exported. */
@Component(service = DataHolder.class)
public final class AuthHolder implements DataHolder {
  private static final String SESSION = "session";
  private static final String LINK = "link";
  private static final String CREDENTIAL = "credential";
  private static final String KNOWN = "known-network";

  private final SessionStore store;
  private final CredentialStore credentials;
  private final TokenStore tokens;
  private final KnownStore knownStore;
  private final KnownPairs known;
  private final Sessions sessions;
  private final Tx tx;

  @Activate
  public AuthHolder(
      @Reference SessionStore store,
      @Reference CredentialStore credentials,
      @Reference TokenStore tokens,
      @Reference KnownStore knownStore,
      @Reference KnownPairs known,
      @Reference Sessions sessions,
      @Reference Tx tx) {
    this.store = store;
    this.credentials = credentials;
    this.tokens = tokens;
    this.knownStore = knownStore;
    this.known = known;
    this.sessions = sessions;
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            SESSION,
            "auth",
            "When each session began, was last used, last proven and ends; a hash of its token; what"
                + " the site keeps of the device (see net.ua)",
            "To keep a person signed in",
            "Until signing out; at most session.ttl, or session.idle without use"),
        new DataClass(
            CREDENTIAL,
            "auth",
            "A one-way bcrypt hash of the password",
            "To recognise the owner of an account",
            "Until the account is deleted"),
        new DataClass(
            LINK,
            "auth",
            "When a link to confirm the address or to set a password was sent; a hash of its token;"
                + " the username that waits for the confirmation",
            "To let the owner of an address confirm it and recover the account",
            "Until it is used or a new epoch begins; 30 minutes (a password), a day (a notice), 7 days"
                + " (an address)"),
        new DataClass(
            KNOWN,
            "auth",
            "When the account was first signed in to from each network of a day; a MAC of the address"
                + " and the network's pseudonym of that day, where net.identity keeps one",
            "To let the owner sign in while strangers guess passwords",
            "A day"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    List<Map<String, Object>> held =
        store.list(tenant, account).stream().map(row -> plain(tenant, row)).toList();
    List<Map<String, Object>> schemes =
        credentials.find(tenant, account).stream()
            .map(credential -> Map.<String, Object>of("scheme", credential.scheme()))
            .toList();
    List<Map<String, Object>> networks =
        knownStore.times(tenant, account).stream()
            .map(first -> Map.<String, Object>of("first", first.toString()))
            .toList();
    List<Map<String, Object>> links =
        tokens.list(tenant, account).stream().map(AuthHolder::plain).toList();
    return Map.of(SESSION, held, CREDENTIAL, schemes, LINK, links, KNOWN, networks);
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          sessions.endOthers(tenant, account, "");
          credentials.remove(tenant, account);
          tokens.removeAll(tenant, account);
          known.forget(tenant, account);
        });
  }

  private static Map<String, Object> plain(TokenRow link) {
    return Map.of(
        "kind", link.kind().name().toLowerCase(Locale.ROOT),
        "created", link.createdAt().toString(),
        "expires", link.expiresAt().toString());
  }

  private Map<String, Object> plain(TenantId tenant, SessionRow session) {
    return Map.of(
        "created", session.createdAt().toString(),
        "lastSeen", session.lastSeen().toString(),
        "expires", session.expiresAt().toString(),
        "proven", session.provenAt().toString(),
        "device", sessions.label(tenant, session));
  }
}
