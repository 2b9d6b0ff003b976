package org.tonekeep.tenant.internal;

import java.util.List;
import java.util.Optional;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantFiles.FileState;
import org.tonekeep.tenant.api.TenantId;

/**
 * How one tenant stands.
 *
 * @param fileInForce whether the newest file is what is in force
 * @param tenant what is in force; empty when the first file of a tenant was refused
 * @param values the text behind the tenant
 */
record Status(
    TenantId id,
    boolean fileInForce,
    Optional<Tenant> tenant,
    Optional<TenantValues> values,
    List<Problem> problems,
    List<String> inactiveKeys) {

  /** In words for operators. */
  String standing() {
    if (tenant.isEmpty()) {
      return "refused";
    }
    if (tenant.get().suspended()) {
      return "suspended";
    }
    return fileInForce ? "in force" : "last good in force";
  }

  FileState toFileState() {
    return new FileState(
        id, fileInForce, problems.stream().map(Problem::toString).toList(), inactiveKeys);
  }
}
