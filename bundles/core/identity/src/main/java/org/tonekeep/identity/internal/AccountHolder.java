package org.tonekeep.identity.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The accounts' part in export and erasure. */
@Component(service = DataHolder.class)
public final class AccountHolder implements DataHolder {
  private static final String ACCOUNT = "account";

  private final AccountStore store;

  @Activate
  public AccountHolder(@Reference AccountStore store) {
    this.store = store;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            ACCOUNT,
            "identity",
            "E-mail address, display name, username, artist name, links, roles, plan, state, kinds of"
                + " second factors and the time of sign-up; a digest of each username given up",
            "To know whose music it is and to reach its owner",
            "Until the account is deleted; a username given up is kept for its owner for 30 days"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(ACCOUNT, store.find(tenant, account).map(AccountHolder::plain).stream().toList());
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.remove(tenant, account);
  }

  private static Map<String, Object> plain(Account account) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", account.id().value());
    fields.put("email", account.email());
    fields.put("displayName", account.displayName());
    fields.put("username", account.profile().username());
    fields.put("artistName", account.profile().artistName());
    Map<String, Object> socials = new LinkedHashMap<>();
    account.profile().socials().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(link -> socials.put(word(link.getKey()), link.getValue()));
    fields.put("socials", socials);
    fields.put("roles", account.roles().stream().sorted().map(AccountHolder::word).toList());
    fields.put("plan", account.plan());
    fields.put("state", word(account.state()));
    fields.put("secondFactors", account.factors().stream().sorted().toList());
    fields.put("createdAt", account.createdAt().toString());
    return fields;
  }

  private static String word(Enum<?> role) {
    return role.name().toLowerCase(java.util.Locale.ROOT);
  }
}
