package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sandbox that this machine allows now. It is looked for again while there is none or a tighter
 * one is wanted, so that an operator who installs what is missing needs no restart.
 */
final class SandboxSearch {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxSearch.class);

  private final Path tools;
  private final DecoderLimits limits;
  private final List<Confinement> ladder;
  private volatile @Nullable Sandbox found;
  private volatile String state = "no decoder: not looked for yet";

  /**
   * @param tools folder of the unpacked programs
   * @param ladder levels to try, in this order
   */
  SandboxSearch(Path tools, DecoderLimits limits, List<Confinement> ladder) {
    this.tools = tools;
    this.limits = limits;
    this.ladder = List.copyOf(ladder);
  }

  /**
   * Looks for the tightest sandbox, unless there is one that suffices.
   *
   * @param sealed whether only one without network and file system suffices
   */
  synchronized void look(boolean sealed) throws InterruptedException {
    Sandbox box = found;
    if (box != null && (box.level().sealed() || !sealed)) {
      return;
    }
    try {
      ToolFolder folder = new ToolFolder(tools);
      box = Sandbox.find(new Jail(folder.prepare()), limits, ladder);
      found = box;
      say("ffmpeg " + folder.version() + ", confined by " + box.level().word());
    } catch (IOException e) {
      found = null;
      say("no decoder: " + e.getMessage());
      LOG.debug("Audio cannot be decoded on this machine", e);
    }
  }

  /**
   * Tries a sandbox whose process failed before it said anything of its input.
   *
   * @return whether the machine, not the input, is at fault; the sandbox is then given up
   */
  synchronized boolean isBroken(Sandbox suspect) throws InterruptedException {
    if (found != suspect) {
      return true;
    }
    if (suspect.works()) {
      return false;
    }
    found = null;
    say("no decoder: " + suspect.level().word() + " does not start ffmpeg any more");
    return true;
  }

  private void say(String words) {
    if (words.equals(state)) {
      return;
    }
    state = words;
    if (found == null) {
      LOG.error("Audio cannot be decoded on this machine: {}", words);
    } else {
      LOG.info("Decoder: {}", words);
    }
  }

  Optional<Sandbox> found() {
    return Optional.ofNullable(found);
  }

  /** For the operator. */
  String state() {
    return state;
  }
}
