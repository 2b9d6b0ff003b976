package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Decoders over one unpacked tool folder in {@code target}, and two tenants. */
final class DecoderUnderTest {
  static final Path TOOLS = Path.of("target", "tools").toAbsolutePath();
  static final Path SPOOL = Path.of("target", "spool").toAbsolutePath();

  private DecoderUnderTest() {}

  static FfmpegDecoder withLadder(String confinement, Confinement... ladder) {
    return withLimits(confinement, DecoderLimits.DEFAULT, ladder);
  }

  static FfmpegDecoder withLimits(String confinement, DecoderLimits limits, Confinement... ladder) {
    return new FfmpegDecoder(tenants(confinement), search(limits, ladder), spool(), limits);
  }

  static SpoolFolder spool() {
    return new SpoolFolder(Path.of("/dev/shm"), SPOOL);
  }

  /** A search that has looked once. */
  static SandboxSearch search(DecoderLimits limits, Confinement... ladder) {
    SandboxSearch search = new SandboxSearch(TOOLS, limits, List.of(ladder));
    try {
      search.look(true);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return search;
  }

  static FfmpegDecoder best() {
    return withLadder("best-effort", Confinement.BWRAP, Confinement.UNSHARE, Confinement.PRLIMIT);
  }

  static Tenants tenants(String confinement) {
    Map<String, String> settings = Map.of("decoder.confinement", confinement);
    List<Tenant> all = List.of(tenant("alice", settings), tenant("bob", settings));
    return new Tenants() {
      @Override
      public Optional<Tenant> find(TenantId id) {
        return all.stream().filter(t -> t.id().equals(id)).findFirst();
      }

      @Override
      public Optional<Tenant> byHost(String host) {
        return Optional.empty();
      }

      @Override
      public List<Tenant> all() {
        return all;
      }
    };
  }

  private static Tenant tenant(String id, Map<String, String> settings) {
    return new Tenant(
        new TenantId(id), id, List.of(), Set.of(), Locale.ENGLISH, new Settings(settings), false);
  }

  /** Entries of a folder, 0 when it is not there. */
  static long entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      return files.count();
    }
  }
}
