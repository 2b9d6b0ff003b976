package org.tonekeep.crypto.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.internal.WrappedKeys.OwnerKey;
import org.tonekeep.tenant.api.TenantId;

/**
 * One file under a passphrase with the root key, all wrapped keys and the list of what was
 * destroyed. The secret of the day is not in it.
 */
final class KeyBackup {
  private static final String WHAT = "key backup";
  private static final int VERSION = 2;
  private static final int PAGE = 1000;

  private final RootKey root;
  private final boolean sealed;
  private final Set<String> destroyed;
  private final Set<String> kinds;
  private final List<Entry> entries;

  private KeyBackup(
      RootKey root, boolean sealed, Set<String> destroyed, Set<String> kinds, List<Entry> entries) {
    this.root = root;
    this.sealed = sealed;
    this.destroyed = destroyed;
    this.kinds = kinds;
    this.entries = entries;
  }

  /**
   * A tenant's key or an owner's.
   *
   * @param version of the tenant's key, 0 for an owner's
   * @param owner empty for a tenant's
   */
  record Entry(TenantId tenant, int version, String owner, WrappedKey key) {}

  /**
   * What there is now.
   *
   * @param sealed whether the root key lies under a passphrase, and is to do so when it is restored
   */
  static KeyBackup of(RootKey root, boolean sealed, WrappedKeys wrapped) {
    List<Entry> entries = new ArrayList<>();
    for (TenantId tenant : wrapped.tenants()) {
      int version = 0;
      for (WrappedKey key : wrapped.tenantKeys(tenant)) {
        version++;
        entries.add(new Entry(tenant, version, "", key));
      }
      List<OwnerKey> page = wrapped.ownerKeys(tenant, "", PAGE);
      while (!page.isEmpty()) {
        page.forEach(owned -> entries.add(new Entry(tenant, 0, owned.owner(), owned.key())));
        page = wrapped.ownerKeys(tenant, page.get(page.size() - 1).owner(), PAGE);
      }
    }
    // Last, so that what is destroyed meanwhile is in the list.
    Set<String> destroyed = wrapped.ledger().destroyed();
    return new KeyBackup(root, sealed, destroyed, wrapped.ledger().kinds(), entries);
  }

  byte[] seal(char[] passphrase) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.write(root.bytes());
      out.writeBoolean(sealed);
      write(out, destroyed);
      write(out, kinds);
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        out.writeUTF(entry.tenant.value());
        out.writeInt(entry.version);
        out.writeUTF(entry.owner);
        byte[] key = entry.key.bytes();
        out.writeShort(key.length);
        out.write(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail", e);
    }
    return PassphraseSeal.seal(WHAT, passphrase, bytes.toByteArray());
  }

  /**
   * @throws BrokenSealException when the passphrase is another or the file was altered
   */
  static KeyBackup open(char[] passphrase, byte[] file) {
    byte[] plain = PassphraseSeal.open(WHAT, passphrase, file);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain))) {
      if (in.readByte() != VERSION) {
        throw new KeysRefusedException("This backup of keys was made by a newer Tonekeep");
      }
      RootKey root = new RootKey(in.readNBytes(Gcm.KEY));
      boolean sealed = in.readBoolean();
      Set<String> destroyed = read(in);
      Set<String> kinds = read(in);
      List<Entry> entries = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        TenantId tenant = new TenantId(in.readUTF());
        int version = in.readInt();
        String owner = in.readUTF();
        WrappedKey key = WrappedKey.of(in.readNBytes(in.readUnsignedShort()));
        entries.add(new Entry(tenant, version, owner, key));
      }
      return new KeyBackup(root, sealed, destroyed, kinds, entries);
    } catch (IOException e) {
      BrokenSealException broken = new BrokenSealException();
      broken.initCause(e);
      throw broken;
    }
  }

  RootKey root() {
    return root;
  }

  boolean isSealed() {
    return sealed;
  }

  /**
   * Adds what is missing; what was destroyed, here or before the backup, stays so.
   *
   * @return how many owners have their key now that had none
   * @throws KeysRefusedException when a tenant has another key than the backup's
   */
  int addTo(WrappedKeys wrapped) {
    wrapped.ledger().addDestroyed(destroyed);
    kinds.forEach(wrapped.ledger()::addKind);
    int added = 0;
    for (Entry entry : entries) {
      if (entry.version > 0) {
        addTenant(wrapped, entry);
      } else if (wrapped.ownerKey(entry.tenant, entry.owner).isEmpty()
          && wrapped.addOwnerKey(entry.tenant, entry.owner, entry.key)) {
        added++;
      }
    }
    return added;
  }

  private void addTenant(WrappedKeys wrapped, Entry entry) {
    byte[] ours = entry.key.tenantKey(root.wrapping(), entry.tenant, entry.version);
    WrappedKey there = wrapped.addTenantKey(entry.tenant, entry.version, entry.key);
    if (!java.util.Arrays.equals(
        there.tenantKey(root.wrapping(), entry.tenant, entry.version), ours)) {
      throw new KeysRefusedException(
          "Tenant " + entry.tenant + " has another key than the backup's: nothing is replaced");
    }
  }

  private static void write(DataOutputStream out, Set<String> words) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      out.writeUTF(word);
    }
  }

  private static Set<String> read(DataInputStream in) throws IOException {
    Set<String> words = new TreeSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      boolean unused = words.add(in.readUTF());
    }
    return words;
  }
}
