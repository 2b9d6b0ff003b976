package org.tonekeep.tenant.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FirstStartTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private DataFolder data;

  @Before
  public void profiles() throws IOException {
    Path root = folder.getRoot().toPath();
    data = new DataFolder(root.resolve("data"), root.resolve("etc/tenants"));
    Files.createDirectories(data.profiles());
    Files.writeString(data.profiles().resolve("demo.cfg"), "title = Demo\n");
    Files.writeString(data.profiles().resolve("kan.cfg"), "title = KAN\n");
    Files.writeString(data.profiles().resolve("README.md"), "no profile");
  }

  @Test
  public void shouldCopyTheProfilesOnce() throws IOException {
    start();
    assertThat(names())
        .containsExactlyInAnyOrder("org.tonekeep.tenant~demo.cfg", "org.tonekeep.tenant~kan.cfg");
    assertThat(data.tenants().resolve("org.tonekeep.tenant~kan.cfg")).hasContent("title = KAN");

    Files.delete(data.tenants().resolve("org.tonekeep.tenant~kan.cfg"));
    start();
    assertThat(names()).containsExactly("org.tonekeep.tenant~demo.cfg");

    Files.delete(data.tenants().resolve("org.tonekeep.tenant~demo.cfg"));
    Files.delete(data.tenants());
    start();
    assertThat(names()).isEmpty();
  }

  @Test
  public void shouldCopyIntoAnEmptyFolderThatFileinstallMade() throws IOException {
    Files.createDirectories(data.tenants());

    start();

    assertThat(names()).hasSize(2);
  }

  @Test
  public void shouldLeaveAFolderAloneThatTheOperatorFilled() throws IOException {
    Files.createDirectories(data.tenants());
    Files.writeString(data.tenants().resolve("org.tonekeep.tenant~mine.cfg"), "title = Mine\n");

    start();

    assertThat(names()).containsExactly("org.tonekeep.tenant~mine.cfg");
  }

  @Test
  public void shouldGoOnAfterAFirstStartThatWasCutOff() throws IOException {
    start();
    Files.writeString(data.lastGood().resolve("first-start"), "copying");
    Files.delete(data.tenants().resolve("org.tonekeep.tenant~kan.cfg"));
    Files.writeString(data.tenants().resolve("org.tonekeep.tenant~demo.cfg"), "title = Mine\n");

    start();

    assertThat(names()).hasSize(2);
    assertThat(data.tenants().resolve("org.tonekeep.tenant~demo.cfg")).hasContent("title = Mine");
  }

  private void start() {
    new FirstStart(data, new Profiles(data.profiles())).run();
  }

  private String[] names() {
    String[] names = data.tenants().toFile().list();
    return names == null ? new String[0] : names;
  }
}
