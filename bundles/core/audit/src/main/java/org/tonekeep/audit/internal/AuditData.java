package org.tonekeep.audit.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The log's part in export and erasure. */
@Component(service = DataHolder.class)
public final class AuditData implements DataHolder {
  private static final String ENTRY = "auditEntry";
  private static final int PAGE = 500;

  private final EntryStore store;
  private final Proofs proofs;
  private final EntryMac macs;
  private final Tx tx;

  @Activate
  public AuditData(
      @Reference EntryStore store,
      @Reference Proofs proofs,
      @Reference KeyRing keys,
      @Reference Tx tx) {
    this.store = store;
    this.proofs = proofs;
    this.macs = new EntryMac(keys);
    this.tx = tx;
  }

  @Override
  public List<DataClass> holds() {
    return List.of(
        new DataClass(
            ENTRY,
            "audit",
            "Who did what to whose data and when, as ids and words; of the network a pseudonym of the"
                + " day, where the site keeps one",
            "To find out what happened, and to show everybody who had access to what is theirs",
            "audit.keep after the act; who it was and what it concerned until the account is erased."
                + " A hash that tells nothing without them stays in the log's tree"));
  }

  /** Newest first, each with its proof as soon as it is in a checkpoint. */
  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    Optional<Proofs.Batch> batch = proofs.now(tenant);
    List<Map<String, Object>> rows = new ArrayList<>();
    String before = "";
    List<StoredEntry> page;
    do {
      page =
          store.concerning(
              tenant,
              account,
              new EntryQuery("", "", "", "", Optional.empty(), Optional.empty(), before, PAGE));
      for (StoredEntry stored : page) {
        Optional<String> proof = batch.flatMap(b -> b.of(stored, account)).map(Object::toString);
        stored.entry().ifPresent(entry -> rows.add(plain(account, stored, entry, proof)));
        before = stored.id();
      }
    } while (page.size() == PAGE);
    return Map.of(ENTRY, rows);
  }

  /**
   * That something was done, and when, stays until its time is over: it is the evidence. Who did it
   * to what, from where and with which facts goes now, and so does the salt without which nobody
   * can try out who it was.
   */
  @Override
  public void erase(TenantId tenant, AccountId account) {
    tx.run(
        tenant,
        () -> {
          List<StoredEntry> page = store.ofAccount(tenant, account, PAGE);
          while (!page.isEmpty()) {
            store.empty(tenant, page, macs);
            page = store.ofAccount(tenant, account, PAGE);
          }
        });
  }

  private static Map<String, Object> plain(
      AccountId account, StoredEntry stored, AuditEntry entry, Optional<String> proof) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", stored.id());
    fields.put("at", stored.at().toString());
    fields.put("actor", actor(account, entry));
    fields.put("action", entry.action());
    fields.put("subject", entry.subject());
    fields.put("success", entry.success());
    fields.put("facts", entry.facts());
    proof.ifPresent(text -> fields.put("proof", text));
    return fields;
  }

  /** Somebody else's id is nobody's business, not even of whom his act concerned. */
  private static String actor(AccountId account, AuditEntry entry) {
    if (entry.actor().id().equals(account.value())) {
      return "you";
    }
    return switch (entry.actor().kind()) {
      case ACCOUNT -> "somebody else";
      case STRANGER -> "somebody unknown";
      case OPERATOR -> "the operator";
      case PLATFORM -> "the platform";
    };
  }
}
