package org.tonekeep.storage.s3.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class S3SettingsTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("TONEKEEP_S3_SECRET", "s3cr3t\n");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** The configuration's defaults, and these. */
  private static S3Config config(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(Map.of("bucket", "tone-keep", "access_key", "AK1"));
    all.putAll(values);
    return (S3Config)
        Proxy.newProxyInstance(
            S3Config.class.getClassLoader(),
            new Class<?>[] {S3Config.class, Annotation.class},
            (proxy, method, arguments) ->
                all.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  private static S3Settings settings(String key, Object value) {
    return S3Settings.of(config(Map.of(key, value)), ENVIRONMENT);
  }

  private static void assertRefused(String key, Object value) {
    assertThatThrownBy(() -> settings(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key.replace('_', '.'));
  }

  @Test
  public void shouldEncryptAndTakeTheSecretFromTheEnvironmentByDefault() {
    S3Settings settings = S3Settings.of(config(Map.of()), ENVIRONMENT);
    assertThat(settings.encryption()).isEqualTo(S3Settings.Encryption.AES256);
    assertThat(settings.secret()).isEqualTo("s3cr3t");
    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.toString()).contains("tone-keep").doesNotContain("s3cr3t", "AK1");
  }

  @Test
  public void shouldTakeTheSecretFromAFile() throws IOException {
    Path file = folder.newFile().toPath();
    Files.writeString(file, "other\n", UTF_8);
    assertThat(settings("secret_file", file.toString()).secret()).isEqualTo("other");
    assertRefused("secret_file", file + "-absent");
    Files.writeString(file, "\n", UTF_8);
    assertRefused("secret_file", file.toString());
  }

  @Test
  public void shouldSendNothingBareOverANetwork() {
    for (String bare :
        List.of(
            "http://s3.example.org",
            "http://10.0.0.1:9000",
            "http://localhost.example.org",
            "http://127.0.0.1.example.org",
            "ftp://127.0.0.1",
            "s3.example.org")) {
      assertRefused("endpoint", bare);
    }
    for (String fine :
        List.of(
            "https://s3.us-west-004.backblazeb2.com", "http://127.0.0.1:80", "http://[::1]:80")) {
      assertThat(settings("endpoint", fine).endpoint()).isPresent();
    }
  }

  @Test
  public void shouldRefuseAddressesThatSayMoreThanAHost() {
    for (String odd :
        List.of("https://user@host", "https://host/path", "https://host?x", "https://host#x")) {
      assertRefused("endpoint", odd);
    }
  }

  @Test
  public void shouldNameTheKeyThatIsWrong() {
    assertRefused("bucket", "No_Bucket");
    assertRefused("prefix", "no-slash");
    assertRefused("prefix", "../");
    assertRefused("region", "");
    assertRefused("access_key", "");
    assertRefused("sse", "rot13");
    assertRefused("kinds", new String[] {"Original"});
    assertRefused("part_mib", 4);
    assertRefused("tries", 0);
    assertRefused("secret_env", "NOT_SET");
  }
}
