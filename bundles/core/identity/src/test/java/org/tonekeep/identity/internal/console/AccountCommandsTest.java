package org.tonekeep.identity.internal.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.console.Session;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.internal.AccountsFixture;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** The commands, with their fields set as the shell sets them. */
public final class AccountCommandsTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private AccountsFixture fixture;
  private Accounts accounts;
  private Account ann;

  @Before
  public void open() {
    fixture = new AccountsFixture();
    accounts = fixture.accounts();
    ann = accounts.create(ALICE, "ann@example.org", "Ann Lee");
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @After
  public void close() {
    System.setOut(before);
    fixture.close();
  }

  @Test
  public void shouldSetThePlanOfAnAccountById() throws Exception {
    run(new ChangePlan(), Map.of("words", List.of(ann.id().value(), "studio")));

    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().plan()).isEqualTo("studio");
    assertThat(out()).contains(ann.id().value()).contains("studio");
  }

  @Test
  public void shouldAskForTheAddressMaskedSoThatItStaysOutOfTheHistory() throws Exception {
    run(
        new ChangePlan(),
        Map.of("words", List.of("studio"), "byEmail", true, "session", typing(" ANN@example.org")));

    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().plan()).isEqualTo("studio");
    assertThat(out().toLowerCase(Locale.ROOT)).doesNotContain("ann@");
  }

  @Test
  public void shouldSetRolesAndAlwaysKeepArtist() throws Exception {
    run(new ChangeRoles(), Map.of("words", List.of(ann.id().value(), "staff", "operator")));
    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().roles())
        .containsExactlyInAnyOrder(Role.values());

    run(new ChangeRoles(), Map.of("words", List.of(ann.id().value())));
    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().roles()).containsExactly(Role.ARTIST);

    assertThatThrownBy(
            () -> run(new ChangeRoles(), Map.of("words", List.of(ann.id().value(), "root"))))
        .hasMessageContaining("artist, staff, operator");
  }

  @Test
  public void shouldFindNoAccountOfAnotherTenant() {
    Account bea = accounts.create(BOB, "bea@example.org", "");

    assertThatThrownBy(
            () -> run(new ChangePlan(), Map.of("words", List.of(bea.id().value(), "studio"))))
        .hasMessage("There is no such account");
    assertThat(accounts.find(BOB, bea.id())).contains(bea);
  }

  @Test
  public void shouldListIdsAndShowPersonsOnlyWhenAsked() throws Exception {
    accounts.create(BOB, "bea@example.org", "Bea");

    run(new ListAccounts(), Map.of("noFormat", true));
    assertThat(out()).contains(ann.id().value()).contains("free").contains("artist");
    assertThat(out()).doesNotContain("ann@").doesNotContain("Ann Lee");

    run(new ListAccounts(), Map.of("noFormat", true, "persons", true));
    assertThat(out()).contains("ann@example.org").contains("Ann Lee").doesNotContain("Bea");
  }

  @Test
  public void shouldShowAnAccountAndThePersonOnlyWhenAsked() throws Exception {
    List<String> words = List.of(ann.id().value());
    run(new ShowAccount(), Map.of("words", words, "noFormat", true));
    assertThat(out()).contains(ann.id().value()).contains("active").contains("free");
    assertThat(out()).doesNotContain("ann@").doesNotContain("Ann Lee");

    run(new ShowAccount(), Map.of("words", words, "noFormat", true, "persons", true));
    assertThat(out()).contains("ann@example.org").contains("Ann Lee");
  }

  @Test
  public void shouldShowAnAccountByItsAddressWithoutMoreWords() throws Exception {
    run(
        new ShowAccount(),
        Map.of("byEmail", true, "noFormat", true, "session", typing("ann@example.org")));
    assertThat(out()).contains(ann.id().value());

    assertThatThrownBy(() -> run(new ShowAccount(), Map.of()))
        .hasMessage("Say the account's id, or --by-email");
  }

  @Test
  public void shouldSuspendAndResumeAndSayWhatItWasBefore() throws Exception {
    List<String> words = List.of(ann.id().value());
    run(new SuspendAccount(), Map.of("words", words));
    run(new SuspendAccount(), Map.of("words", words));
    assertThat(out()).contains("is suspended").contains("was suspended already");
    assertThat(accounts.find(ALICE, ann.id()).orElseThrow().state())
        .isEqualTo(AccountState.SUSPENDED);

    run(new SuspendAccount(), Map.of("words", words, "resume", true));
    run(new SuspendAccount(), Map.of("words", words, "resume", true));
    assertThat(out()).contains("is active").contains("was not suspended");
    assertThat(fixture.audit().actions(ALICE)).containsExactly("account.suspend", "account.resume");
  }

  private String out() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void run(Action command, Map<String, Object> values) throws Exception {
    set(command, "tenant", ALICE.value());
    set(command, "tenants", new TwoTenants());
    set(command, "accounts", accounts);
    if (Arrays.stream(command.getClass().getDeclaredFields())
        .anyMatch(field -> field.getName().equals("administration"))) {
      set(command, "administration", fixture.administration());
    }
    for (Map.Entry<String, Object> one : values.entrySet()) {
      set(command, one.getKey(), one.getValue());
    }
    Object unused = command.execute();
  }

  private static void set(Object target, String name, Object value) throws Exception {
    for (Class<?> type = target.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          field.set(target, value);
          return;
        }
      }
    }
    throw new IllegalArgumentException("No field " + name);
  }

  private static Session typing(String line) {
    return (Session)
        Proxy.newProxyInstance(
            AccountCommandsTest.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("readLine") && arguments[1] != null) {
                return line;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private record TwoTenants() implements Tenants {
    @Override
    public Optional<Tenant> find(TenantId id) {
      return all().stream().filter(tenant -> tenant.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Tenant> byHost(String host) {
      return Optional.empty();
    }

    @Override
    public List<Tenant> all() {
      return List.of(tenant(ALICE), tenant(BOB));
    }

    private static Tenant tenant(TenantId id) {
      return new Tenant(id, "", List.of(), Set.of(), Locale.ENGLISH, new Settings(Map.of()), false);
    }
  }
}
