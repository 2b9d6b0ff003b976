package org.tonekeep.mail.outbox.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.mail.api.MailSender;
import org.tonekeep.testing.contracts.MailSenderContract;
import org.tonekeep.testing.kit.TestClock;

public final class OutboxContractTest extends MailSenderContract {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Override
  protected MailSender sender() {
    return new OutboxMailSender(
        new Outbox(folder.getRoot().toPath().resolve("outbox"), TestClock.standing()));
  }

  @Override
  protected List<byte[]> arrived() throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files =
        Files.list(folder.getRoot().toPath().resolve("outbox").resolve(ALICE.value()))) {
      for (Path file : files.toList()) {
        all.add(Files.readAllBytes(file));
      }
    }
    return all;
  }
}
