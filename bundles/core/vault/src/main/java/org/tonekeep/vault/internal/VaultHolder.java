package org.tonekeep.vault.internal;

import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.Vault;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/** The vault's part in export and erasure. */
@Component(service = DataHolder.class)
public final class VaultHolder implements DataHolder {
  private static final String BLOB = "blob";

  private static final String ACCESS = "access";

  private final BlobRowStore rows;
  private final Vault vault;
  private final Accesses accesses;
  private final QuotaLedger quotas;

  @Activate
  public VaultHolder(
      @Reference BlobRowStore rows,
      @Reference Vault vault,
      @Reference Accesses accesses,
      @Reference QuotaLedger quotas) {
    this.rows = rows;
    this.vault = vault;
    this.accesses = accesses;
    this.quotas = quotas;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            BLOB,
            "vault",
            "The files you upload and what is computed from them, with size, type and checksum",
            "To keep, process and play your music",
            "Until the track they belong to, or the account, is deleted"),
        new DataClass(
            ACCESS,
            "vault",
            "Who is reading which of your files now, and which you are reading",
            "To tell you in the audit log who read what, and how much",
            "Until the address of the file has expired (urls.ttl), and a minute more"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        BLOB,
        rows.ofOwner(tenant, account.value()).stream().map(VaultHolder::plain).toList(),
        ACCESS,
        accesses.of(tenant, account).stream().map(access -> plain(access, account)).toList());
  }

  private static Map<String, Object> plain(RecordedBlob recorded) {
    Blob blob = recorded.blob();
    return Map.of(
        "id", blob.key().id(),
        "kind", blob.key().kind(),
        "mediaType", blob.mediaType(),
        "sizeBytes", blob.length(),
        "sha256", blob.sha256(),
        "recordedAt", recorded.recordedAt().toString());
  }

  /** Nobody learns from it who somebody else is. */
  private static Map<String, Object> plain(Access access, AccountId account) {
    return Map.of(
        "subject", access.subject(),
        "yours", access.key().owner().equals(account.value()),
        "byYou", access.reader().filter(account::equals).isPresent(),
        "right", access.right(),
        "requests", access.requests(),
        "bytes", access.bytes(),
        "expiresAt", access.expiresAt().toString());
  }

  @Override
  public void erase(TenantId tenant, AccountId account) {
    for (RecordedBlob recorded : rows.ofOwner(tenant, account.value())) {
      vault.discard(tenant, recorded.blob().key());
    }
    accesses.erase(tenant, account);
    quotas.forget(tenant, account);
  }
}
