package org.tonekeep.audit.internal.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.audit.internal.LogVerifier;
import org.tonekeep.audit.internal.ProofFile;
import org.tonekeep.audit.internal.Proofs;
import org.tonekeep.audit.internal.Verdict;
import org.tonekeep.audit.internal.note.VerifierKey;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:audit-verify -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "audit-verify",
    description = "Computes a tenant's audit log again and names the first entry that is wrong")
public final class VerifyAudit extends TenantAction {
  @Option(name = "--proof", description = "Checks this .tlog-proof file instead of the whole log")
  private String proof = "";

  @Reference private LogVerifier verifier;
  @Reference private Proofs proofs;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    Optional<VerifierKey> key = proof.isEmpty() ? Optional.empty() : proofs.key(tenant);
    if (proof.isEmpty()) {
      whole(tenant);
    } else if (key.isEmpty()) {
      throw new IllegalArgumentException("The tenant has no log yet, so nothing is proven by it");
    } else {
      System.out.println("Proven by the log " + key.get() + ":");
      read()
          .verify(key.get())
          .forEach((name, value) -> System.out.println("  " + name + " " + value));
    }
  }

  private ProofFile read() {
    try {
      return ProofFile.parse(Files.readString(Path.of(proof)));
    } catch (IOException e) {
      throw new UncheckedIOException("The proof cannot be read", e);
    }
  }

  private void whole(TenantId tenant) {
    Optional<Verdict> found = verifier.verify(tenant);
    if (found.isEmpty()) {
      System.out.println("The tenant has no log yet");
      return;
    }
    Verdict verdict = found.get();
    verdict
        .first()
        .ifPresent(
            finding -> {
              throw new IllegalStateException("The log is NOT as it was written. " + finding);
            });
    System.out.println(
        "All "
            + verdict.size()
            + " entries are as they were written: "
            + verdict.whole()
            + " whole, "
            + verdict.erased()
            + " without their people, "
            + verdict.pruned()
            + " by their hashes only");
    System.out.println("Verifier key: " + proofs.key(tenant).map(Object::toString).orElse(""));
    System.out.println(verdict.checkpoint());
  }
}
