package org.tonekeep.identity.internal.console;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Role;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-set-roles -t demo <account-id> staff operator}. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-set-roles",
    description = "Sets the roles of an account: <account-id> <role>..., or --by-email <role>...")
public final class SetRoles extends AccountAction {
  @Override
  protected void execute(TenantId tenant, Account account, List<String> rest) {
    Set<Role> roles = EnumSet.of(Role.ARTIST);
    rest.forEach(word -> roles.add(role(word)));
    if (!accounts().setRoles(tenant, account.id(), roles)) {
      throw new IllegalArgumentException("There is no such account");
    }
    System.out.println(
        "Account " + account.id() + " now has the roles " + ListAccounts.words(roles));
  }

  private static Role role(String word) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A role is one of "
                        + Arrays.stream(Role.values())
                            .map(role -> role.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }
}
