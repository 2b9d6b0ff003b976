package org.tonekeep.rest.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address, read from its numbers only: no name is ever looked up. The JDK's own type does the
 * rest (it also turns v4-mapped IPv6 into IPv4), so that no library is needed for a prefix.
 */
final class NetworkAddress {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final int V6_NETWORK_BYTES = 8;
  private static final int V4_BYTES = 4;

  private final InetAddress address;

  private NetworkAddress(InetAddress address) {
    this.address = address;
  }

  /** What is written as an address, with or without brackets; else empty. */
  static Optional<NetworkAddress> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    // Behind the percent sign stands the interface of this machine, on loopback and link-local
    // ones.
    int zone = bare.indexOf('%');
    String numbers = zone < 0 ? bare : bare.substring(0, zone);
    if (!V4.matcher(numbers).matches() && !V6.matcher(numbers).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new NetworkAddress(InetAddress.getByName(numbers)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    return address.getAddress();
  }

  boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** What one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 address. */
  byte[] network() {
    byte[] all = bytes();
    return all.length == V4_BYTES ? all : Arrays.copyOf(all, V6_NETWORK_BYTES);
  }

  /** Wider networks, widest first: whoever holds one of them has many of {@link #network}. */
  List<byte[]> around() {
    byte[] all = bytes();
    return all.length == V4_BYTES
        ? List.of(Arrays.copyOf(all, 3))
        : List.of(Arrays.copyOf(all, 6), Arrays.copyOf(all, 7));
  }

  /** In the JDK's notation, IPv6 in full. */
  String text() {
    return String.valueOf(address.getHostAddress());
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "NetworkAddress";
  }
}
