package org.tonekeep.privacy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.tenant.api.TenantId;

public class DataRegisterTest {
  private static final DataClass ACCOUNT =
      new DataClass("account", "identity", "e-mail = \"name\"", "signing in", "until deletion\n#");
  private static final DataClass TRACK =
      new DataClass("track", "catalog", "title", "the library", "trash.keep after deletion");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private DataRegister register;

  @Before
  public void start() {
    register = new DataRegister(new HolderMemory(folder.getRoot().toPath().resolve("privacy")));
  }

  @Test
  public void shouldListWhatActiveBundlesHoldByConcern() {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    register.appeared(2, "org.tonekeep.catalog", new Holding(TRACK));

    assertThat(register.rows())
        .extracting(DataRegister.Row::data, DataRegister.Row::active)
        .containsExactly(tuple(TRACK, true), tuple(ACCOUNT, true));
  }

  @Test
  public void shouldRememberAHolderThatIsAwayAlsoOverARestart() {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    register.disappeared(1);
    assertThat(register.rows()).containsExactly(row(ACCOUNT, false));

    start();
    assertThat(register.rows()).containsExactly(row(ACCOUNT, false));

    register.appeared(5, "org.tonekeep.identity", new Holding(ACCOUNT));
    assertThat(register.rows()).containsExactly(row(ACCOUNT, true));
  }

  @Test
  public void shouldLeaveOutARecordWithADamagedByteOnly() throws IOException {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    Files.write(
        folder.getRoot().toPath().resolve("privacy").resolve("damaged.properties"),
        new byte[] {'a', '=', (byte) 0xff});

    start();
    assertThat(register.rows()).containsExactly(row(ACCOUNT, false));
  }

  @Test
  public void shouldRememberTheNewestFormOfAHolder() {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    register.appeared(2, "org.tonekeep.identity", new Holding(ACCOUNT, TRACK));

    start();

    assertThat(register.rows()).hasSize(2);
  }

  @Test
  public void shouldStayActiveWhenAnUpdatedBundleComesBeforeTheOldOneGoes() {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    register.appeared(2, "org.tonekeep.identity", new Holding(ACCOUNT));
    register.disappeared(1);

    assertThat(register.rows()).containsExactly(row(ACCOUNT, true));
  }

  @Test
  public void shouldStartWithADamagedRecord() throws IOException {
    register.appeared(1, "org.tonekeep.identity", new Holding(ACCOUNT));
    Files.writeString(
        folder.getRoot().toPath().resolve("privacy").resolve("bad.properties"), "count = many");

    start();

    assertThat(register.rows()).hasSize(1);
  }

  private static DataRegister.Row row(DataClass data, boolean active) {
    return new DataRegister.Row(data, "org.tonekeep.identity", active);
  }

  private static final class Holding implements DataHolder {
    private final List<DataClass> classes;

    Holding(DataClass... classes) {
      this.classes = List.of(classes);
    }

    @Override
    public List<DataClass> holds() {
      return classes;
    }

    @Override
    public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
      return Map.of();
    }

    @Override
    public void erase(TenantId tenant, AccountId account) {}
  }
}
