package org.tonekeep.rest.internal;

import java.util.Arrays;
import java.util.List;

/** Some addresses and networks, such as {@code 127.0.0.1, ::1, 10.0.0.0/8}. */
final class Networks {
  private static final int BYTE = 8;

  private record Block(NetworkAddress network, int bits) {
    boolean contains(byte[] address) {
      byte[] bytes = network.bytes();
      if (address.length != bytes.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 1 << (BYTE - 1 - bit % BYTE);
        if (((address[bit / BYTE] ^ bytes[bit / BYTE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private final List<Block> blocks;

  /**
   * @throws IllegalArgumentException naming an entry that is no address and no network
   */
  Networks(String list) {
    blocks =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(Networks::block)
            .toList();
  }

  private static Block block(String entry) {
    int slash = entry.indexOf('/');
    String address = slash < 0 ? entry : entry.substring(0, slash);
    NetworkAddress network = NetworkAddress.parse(address).orElseThrow(() -> wrong(entry));
    int most = network.bytes().length * BYTE;
    if (slash < 0) {
      return new Block(network, most);
    }
    String length = entry.substring(slash + 1);
    int bits = length.matches("\\d{1,3}") ? Integer.parseInt(length) : -1;
    if (bits < 0 || bits > most) {
      throw wrong(entry);
    }
    return new Block(network, bits);
  }

  private static IllegalArgumentException wrong(String entry) {
    return new IllegalArgumentException(
        "Not an address and not a network like 10.0.0.0/8: " + entry);
  }

  boolean contain(NetworkAddress address) {
    byte[] bytes = address.bytes();
    return blocks.stream().anyMatch(block -> block.contains(bytes));
  }
}
