package org.tonekeep.decoder.ffmpeg.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an ELF-64 shared library whose functions do nothing and return 0.
 *
 * <p>The ffmpeg programs are linked to device libraries (sound servers, X11, graphics cards) that a
 * server does not have and a decoder never calls. Stand-ins let the programs start on a bare
 * machine and take those libraries out of what a hostile file could reach. Layout by the System V
 * ABI, chapters 4 and 5, and the LSB's symbol versioning.
 *
 * @param soname file name that programs ask for
 * @param version symbol version that they expect of it; null for none
 * @param functions names to define; calls that are bound lazily and never made need none
 */
record StubLibrary(String soname, @Nullable String version, List<String> functions) {
  /** Distance between the mapped segments: the largest page size in use (64 KiB on arm64). */
  private static final int PAGE = 0x10000;

  private static final int HEADERS = 64 + 4 * 56;
  private static final int CODE_SIZE = 16;

  StubLibrary {
    functions = List.copyOf(functions);
  }

  /** The library's bytes for a machine. */
  byte[] bytes(Machine machine) {
    Strings strings = new Strings();
    int name = strings.add(soname);
    int versionName = version == null ? 0 : strings.add(version);
    int symbols = functions.size() + 1;
    int hashAt = HEADERS;
    int symbolsAt = align(hashAt + 4 * (3 + symbols));
    int versionsAt = symbolsAt + 24 * symbols;
    int definitionsAt = align(versionsAt + 2 * symbols);
    int stringsAt = definitionsAt + (version == null ? 0 : 2 * 28);

    ByteBuffer symbolTable = ByteBuffer.allocate(24 * symbols).order(ByteOrder.LITTLE_ENDIAN);
    symbolTable.position(24);
    int codeOffset = 0;
    for (String function : functions) {
      // STB_GLOBAL, STT_FUNC; any section index but 0 means "defined here".
      symbolTable.putInt(strings.add(function)).put((byte) 0x12).put((byte) 0).putShort((short) 1);
      symbolTable.putLong(codeOffset).putLong(CODE_SIZE);
      codeOffset += CODE_SIZE;
    }
    int codeAt = align(stringsAt + strings.size());
    for (int i = 1; i < symbols; i++) {
      symbolTable.putLong(24 * i + 8, codeAt + (long) CODE_SIZE * (i - 1));
    }
    int dynamicAt = align(codeAt + codeOffset);
    List<long[]> dynamic = new ArrayList<>();
    dynamic.add(new long[] {14, name}); // DT_SONAME
    dynamic.add(new long[] {4, hashAt}); // DT_HASH
    dynamic.add(new long[] {5, stringsAt}); // DT_STRTAB
    dynamic.add(new long[] {10, strings.size()}); // DT_STRSZ
    dynamic.add(new long[] {6, symbolsAt}); // DT_SYMTAB
    dynamic.add(new long[] {11, 24}); // DT_SYMENT
    if (version != null) {
      dynamic.add(new long[] {0x6ffffff0L, versionsAt}); // DT_VERSYM
      dynamic.add(new long[] {0x6ffffffcL, definitionsAt}); // DT_VERDEF
      dynamic.add(new long[] {0x6ffffffdL, 2}); // DT_VERDEFNUM
    }
    dynamic.add(new long[] {0, 0});
    ByteBuffer out =
        ByteBuffer.allocate(dynamicAt + 16 * dynamic.size()).order(ByteOrder.LITTLE_ENDIAN);
    header(out, machine);
    segment(out, 1, 5, 0, 0, dynamicAt); // PT_LOAD, readable and executable
    segment(out, 1, 6, dynamicAt, dynamicAt + PAGE, 16 * dynamic.size()); // PT_LOAD, writable
    segment(out, 2, 6, dynamicAt, dynamicAt + PAGE, 16 * dynamic.size()); // PT_DYNAMIC
    segment(out, 0x6474e551, 6, 0, 0, 0); // PT_GNU_STACK, not executable
    out.position(hashAt);
    hash(out, symbols);
    out.position(symbolsAt);
    out.put(symbolTable.array());
    if (version != null) {
      out.position(versionsAt + 2);
      for (int i = 1; i < symbols; i++) {
        out.putShort((short) 2);
      }
      out.position(definitionsAt);
      definition(out, 1, soname, name, 28);
      definition(out, 2, version, versionName, 0);
    }
    out.position(stringsAt);
    out.put(strings.bytes());
    for (int i = 0; i < functions.size(); i++) {
      out.position(codeAt + CODE_SIZE * i);
      out.put(machine.returnZero());
    }
    out.position(dynamicAt);
    for (long[] entry : dynamic) {
      out.putLong(entry[0]).putLong(entry[1]);
    }
    return out.array();
  }

  private static void header(ByteBuffer out, Machine machine) {
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    out.putShort((short) 3).putShort(machine.number()).putInt(1); // ET_DYN
    out.putLong(0).putLong(64).putLong(0).putInt(0); // entry, program headers, no sections
    out.putShort((short) 64).putShort((short) 56).putShort((short) 4);
    out.putShort((short) 64).putShort((short) 0).putShort((short) 0);
  }

  private static void segment(ByteBuffer out, int type, int flags, int at, int address, int size) {
    out.putInt(type).putInt(flags).putLong(at).putLong(address).putLong(address);
    out.putLong(size).putLong(size).putLong(type == 1 ? PAGE : 8);
  }

  /** One bucket that chains all symbols. */
  private static void hash(ByteBuffer out, int symbols) {
    out.putInt(1).putInt(symbols).putInt(symbols > 1 ? 1 : 0).putInt(0);
    for (int i = 1; i < symbols; i++) {
      out.putInt(i + 1 < symbols ? i + 1 : 0);
    }
  }

  private static void definition(ByteBuffer out, int index, String text, int name, int next) {
    out.putShort((short) 1).putShort((short) (index == 1 ? 1 : 0)).putShort((short) index);
    out.putShort((short) 1).putInt(elfHash(text)).putInt(20).putInt(next);
    out.putInt(name).putInt(0);
  }

  /** The hash of the System V ABI. */
  private static int elfHash(String text) {
    int h = 0;
    for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
      h = (h << 4) + b;
      int high = h & 0xf0000000;
      h ^= high >>> 24;
      h &= ~high;
    }
    return h;
  }

  private static int align(int offset) {
    return (offset + 15) & ~15;
  }

  /** A processor family. */
  enum Machine {
    /** {@code xor eax,eax; ret}. */
    X86_64(62, new byte[] {0x31, (byte) 0xc0, (byte) 0xc3}),
    /** {@code mov x0,#0; ret}. */
    ARM64(183, new byte[] {0, 0, (byte) 0x80, (byte) 0xd2, (byte) 0xc0, 3, 0x5f, (byte) 0xd6});

    private final int number;

    @SuppressWarnings("ImmutableEnumChecker") // never written
    private final byte[] returnZero;

    Machine(int number, byte[] returnZero) {
      this.number = number;
      this.returnZero = returnZero;
    }

    short number() {
      return (short) number;
    }

    byte[] returnZero() {
      return returnZero.clone();
    }
  }

  private static final class Strings {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Strings() {
      bytes.write(0);
    }

    int add(String text) {
      int at = bytes.size();
      bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
      bytes.write(0);
      return at;
    }

    int size() {
      return bytes.size();
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
