package org.tonekeep.identity.internal.console;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.Administration;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:account-role -t demo <account-id> staff operator}. */
@Service
@Command(
    scope = "tonekeep",
    name = "account-role",
    description = "Sets the roles of an account: <account-id> <role>..., or --by-email <role>...")
public final class ChangeRoles extends AccountAction {
  @Reference private Administration administration;

  @Override
  protected void execute(TenantId tenant, Account account, List<String> rest) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    rest.forEach(word -> roles.add(role(word)));
    Set<Role> now = administration.setRoles(tenant, account.id(), roles);
    System.out.println(
        "Account " + account.id() + " now has the roles " + Administration.words(now));
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
