package org.tonekeep.audit.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.internal.jpa.EntryStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

/** The log's part in export and erasure. */
@Component(service = DataHolder.class)
public final class AuditData implements DataHolder {
  private static final String ENTRY = "auditEntry";

  private final EntryStore store;

  @Activate
  public AuditData(@Reference EntryStore store) {
    this.store = store;
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
            "audit.keep after the act"));
  }

  @Override
  public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
    return Map.of(
        ENTRY, store.ofAccount(tenant, account).stream().map(row -> plain(account, row)).toList());
  }

  /**
   * The acts stay until their time is over: they are the evidence, and the id in them leads nowhere
   * once the account is gone. What could tell the network goes now.
   */
  @Override
  public void erase(TenantId tenant, AccountId account) {
    store.forgetPeers(tenant, account);
  }

  private static Map<String, Object> plain(AccountId account, AuditRow row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", row.id());
    fields.put("at", row.at().toString());
    fields.put("actor", actor(account, row));
    fields.put("action", row.entry().action());
    fields.put("subject", row.entry().subject());
    fields.put("success", row.entry().success());
    fields.put("facts", row.entry().facts());
    return fields;
  }

  /** Somebody else's id is nobody's business, not even of whom his act concerned. */
  private static String actor(AccountId account, AuditRow row) {
    if (row.entry().actor().id().equals(account.value())) {
      return "you";
    }
    return switch (row.entry().actor().kind()) {
      case ACCOUNT -> "somebody else";
      case STRANGER -> "somebody unknown";
      case OPERATOR -> "the operator";
      case PLATFORM -> "the platform";
    };
  }
}
