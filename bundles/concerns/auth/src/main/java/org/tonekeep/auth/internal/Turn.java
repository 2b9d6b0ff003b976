package org.tonekeep.auth.internal;

import java.util.ArrayList;
import java.util.List;
import org.tonekeep.rest.api.Peer;

/**
 * In whose name somebody hashes.
 *
 * @param names whose work is counted, widest first: the networks around the own one, that, and the
 *     pair of account and network where it is known; in memory only
 * @param known whether the account was signed in to from there, or the caller is signed in
 * @param limit in whose name tries are counted, see {@link org.tonekeep.rest.api.Limits}
 */
record Turn(List<String> names, boolean known, String limit) {
  Turn {
    names = List.copyOf(names);
  }

  /** Of somebody from the network. */
  static Turn stranger(Peer peer) {
    List<String> names = new ArrayList<>(peer.around());
    names.add(peer.limitKey());
    return new Turn(names, false, peer.limitKey());
  }

  /** The same person's, with a place of its own. */
  Turn known(String pair) {
    List<String> all = new ArrayList<>(names);
    all.add(pair);
    return new Turn(all, true, pair);
  }

  /** Of a caller who is signed in; tries are counted as before. */
  Turn signedIn() {
    return new Turn(names, true, limit);
  }

  /** The widest network. */
  String widest() {
    return names.get(0);
  }

  /** Without the network. */
  @Override
  public String toString() {
    return "Turn";
  }
}
