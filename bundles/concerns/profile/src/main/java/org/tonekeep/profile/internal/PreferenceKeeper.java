package org.tonekeep.profile.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.profile.internal.jpa.PreferencesStore;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Keeps everybody's preferences, sealed under the owner's key, where the tenant keeps them. */
@Component(service = {PreferenceKeeper.class, DataHolder.class})
public final class PreferenceKeeper implements DataHolder {
  private static final String PREFERENCES = "preferences";
  private static final String COLUMN = "profile_preferences.prefs";

  private final Tenants tenants;
  private final PreferencesStore store;
  private final OwnerKeys owners;

  @Activate
  public PreferenceKeeper(
      @Reference Tenants tenants, @Reference PreferencesStore store, @Reference OwnerKeys owners) {
    this.tenants = tenants;
    this.store = store;
    this.owners = owners;
  }

  /** The account's preferences; none when it set none. */
  public Preferences of(TenantId tenant, AccountId account) {
    return store
        .find(tenant, account)
        .map(stored -> opened(tenant, account, stored))
        .orElseGet(Preferences::none);
  }

  /**
   * Changes some of them (RFC 7396) in the running transaction.
   *
   * @return whether anything is different now
   * @throws ProblemException 422 with a pointer to each one that is wrong, or to all where the
   *     tenant keeps none
   */
  boolean change(TenantId tenant, AccountId account, Map<String, @Nullable Object> change) {
    if (change.isEmpty()) {
      return false;
    }
    if (!tenants.require(tenant).get(AccountSettings.FIELDS).contains(PREFERENCES)) {
      throw ProblemException.invalid(
          new FieldError("/preferences", "This is not kept here; leave it out"));
    }
    Optional<String> before = store.lock(tenant, account);
    Preferences old =
        before.map(stored -> opened(tenant, account, stored)).orElseGet(Preferences::none);
    Preferences next = old.merged(change);
    if (next.equals(old)) {
      return false;
    }
    String stored = owners.sealText(tenant, account.value(), COLUMN, next.text());
    if (before.isPresent()) {
      store.replace(tenant, account, stored);
    } else {
      // Not only written where there is none: another's, of the same moment, would be lost.
      store.insert(tenant, account, stored);
    }
    return true;
  }

  private Preferences opened(TenantId tenant, AccountId account, String stored) {
    return Preferences.parse(owners.openText(tenant, account.value(), COLUMN, stored));
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            PREFERENCES,
            "profile",
            "Preferences of the pages and players, such as a volume or a theme",
            "To show things as their owner likes them",
            "Until they are removed or the account is deleted"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    Map<String, Object> values = new LinkedHashMap<>(of(tenant, account).values());
    return Map.of(PREFERENCES, values.isEmpty() ? List.of() : List.of(values));
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.remove(tenant, account);
  }
}
