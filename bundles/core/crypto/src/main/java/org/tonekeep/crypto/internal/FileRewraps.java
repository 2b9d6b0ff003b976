package org.tonekeep.crypto.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.tonekeep.crypto.internal.WrappedKeys.Rewrapped;
import org.tonekeep.tenant.api.TenantId;

/**
 * Overwrites owners' keys in their files with the same keys, wrapped anew. In their place, since a
 * file that is renamed away leaves its bytes on the disk; so a batch first goes into a journal that
 * is synced, and what a power cut left half-written is written again at the next start. A disk
 * syncs many files at once as fast as a few, so several threads do.
 */
final class FileRewraps {
  private static final String JOURNAL = "rewrap.journal";
  private static final int THREADS = 16;
  private static final int DIGEST = 32;

  private final Path journal;
  private final BiFunction<TenantId, String, Path> files;
  private final Overwriting overwriting;

  /**
   * @param files names the file of an owner's key
   */
  FileRewraps(Path keys, BiFunction<TenantId, String, Path> files, Overwriting overwriting) {
    this.journal = keys.resolve(JOURNAL);
    this.files = files;
    this.overwriting = overwriting;
  }

  /** Writes unless the owner's key was destroyed, and neither while it is nor while it is read. */
  interface Overwriting {
    boolean run(TenantId tenant, String owner, Write write) throws IOException;
  }

  /** The writing; answers whether anything was written. */
  interface Write {
    boolean run() throws IOException;
  }

  /** See {@link WrappedKeys#replaceOwnerKeys}; one batch at a time. */
  synchronized int replace(TenantId tenant, List<Rewrapped> batch) throws IOException {
    KeyDisk.replace(journal, journal(tenant, batch), KeyDisk.KEY_MODE);
    int replaced = write(tenant, batch, false);
    KeyDisk.destroy(journal);
    return replaced;
  }

  /** Ends the batch that a crash interrupted. */
  synchronized void recover() throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(journal);
    } catch (NoSuchFileException none) {
      return;
    }
    int body = bytes.length - DIGEST;
    // Otherwise the crash came while it was destroyed: all files were written by then.
    if (body > 0
        && Arrays.equals(digest(bytes, body), Arrays.copyOfRange(bytes, body, bytes.length))) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, body))) {
        TenantId tenant = new TenantId(in.readUTF());
        List<Rewrapped> batch = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
          String owner = in.readUTF();
          WrappedKey key = WrappedKey.of(in.readNBytes(in.readUnsignedShort()));
          batch.add(new Rewrapped(owner, key, key));
        }
        int unused = write(tenant, batch, true);
      }
    }
    KeyDisk.destroy(journal);
  }

  private static byte[] journal(TenantId tenant, List<Rewrapped> batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(tenant.value());
      out.writeInt(batch.size());
      for (Rewrapped one : batch) {
        out.writeUTF(one.owner());
        byte[] key = one.to().bytes();
        out.writeShort(key.length);
        out.write(key);
      }
    }
    bytes.write(digest(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static byte[] digest(byte[] bytes, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, 0, length);
      return sha256.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * @param anyway whatever is there: it may be half of one and half of the other
   */
  private int write(TenantId tenant, List<Rewrapped> batch, boolean anyway) throws IOException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger replaced = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        ends.add(
            pool.submit(
                () -> {
                  for (int at = next.getAndIncrement();
                      at < batch.size();
                      at = next.getAndIncrement()) {
                    if (write(tenant, batch.get(at), anyway)) {
                      replaced.incrementAndGet();
                    }
                  }
                  return true;
                }));
      }
      for (Future<Boolean> end : ends) {
        boolean unused = end.get();
      }
      return replaced.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while keys were wrapped anew", e);
    } catch (ExecutionException e) {
      throw new IOException("Keys could not be wrapped anew", e.getCause());
    } finally {
      pool.shutdown();
    }
  }

  private boolean write(TenantId tenant, Rewrapped one, boolean anyway) throws IOException {
    Path file = files.apply(tenant, one.owner());
    try (FileChannel channel = KeyDisk.openKey(file)) {
      boolean written =
          overwriting.run(
              tenant,
              one.owner(),
              () -> {
                if (!anyway && !Arrays.equals(Files.readAllBytes(file), one.from().bytes())) {
                  return false;
                }
                KeyDisk.overwrite(channel, one.to().bytes());
                return true;
              });
      if (written) {
        channel.force(false);
      }
      return written;
    } catch (NoSuchFileException destroyedMeanwhile) {
      return false;
    } finally {
      KeyDisk.closeKey(file);
    }
  }
}
