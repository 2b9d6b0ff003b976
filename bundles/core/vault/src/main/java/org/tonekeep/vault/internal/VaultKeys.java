package org.tonekeep.vault.internal;

import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.SettingKey;

/** The keys that the vault reads from a tenant's file. */
@Component(service = KeyDeclaration.class)
public final class VaultKeys implements KeyDeclaration {
  static final SettingKey<String> ADAPTER =
      SettingKey.text("storage.adapter", "fs", "Which storage adapter keeps the site's bytes.");
  static final SettingKey<Long> MAX_BYTES =
      SettingKey.bytes(
          "upload.maxBytes", "2GiB", 1024, 1L << 40, "The largest file that an upload may be.");
  static final SettingKey<Duration> URL_TTL =
      SettingKey.duration(
          "urls.ttl",
          "PT5M",
          Duration.ofSeconds(10),
          Duration.ofMinutes(15),
          "How long a signed address of a file lives.");
  static final SettingKey<Allowance> ACCOUNT_BYTES =
      Allowance.bytes(
          "quota.accountBytes",
          "How many bytes an account may keep in uploaded files, by plan; none: no limit");
  static final SettingKey<Allowance> ACCOUNT_TRACKS =
      Allowance.count(
          "quota.accountTracks",
          "How many tracks an account may keep, in the trash too, by plan; none: no limit");
  static final SettingKey<Long> TENANT_BYTES =
      new SettingKey<>(
          "quota.tenantBytes",
          "bytes|none",
          "none",
          "How many bytes all accounts together may keep in uploaded files; none: no limit",
          text -> Allowance.most(text, Allowance::size));

  @Override
  public List<SettingKey<?>> keys() {
    return List.of(ADAPTER, MAX_BYTES, URL_TTL, ACCOUNT_BYTES, ACCOUNT_TRACKS, TENANT_BYTES);
  }
}
