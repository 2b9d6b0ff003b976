package org.tonekeep.mail.smtp.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server with STARTTLS that answers as it is told: GreenMail knows neither STARTTLS nor how
 * to defer a mail.
 */
final class ScriptedServer implements AutoCloseable {
  /** The answer after which the server says nothing any more. */
  static final String SILENCE = "";

  final List<byte[]> messages = new CopyOnWriteArrayList<>();
  final List<String> commands = new CopyOnWriteArrayList<>();

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ServerSocket listening;
  private final SSLContext tls;
  private final boolean offersTls;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  ScriptedServer(Path keyStore, boolean offersTls) throws IOException, GeneralSecurityException {
    this.offersTls = offersTls;
    this.tls = context(keyStore);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  private static SSLContext context(Path keyStore) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, Certificates.PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, Certificates.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  int port() {
    return listening.getLocalPort();
  }

  /**
   * Answers so from now on.
   *
   * @param command its first word; {@code .} is the end of a message
   */
  ScriptedServer answer(String command, String answer) {
    answers.put(command, answer);
    return this;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      closed.countDown();
    }
  }

  private void serve(Socket first) {
    try (Socket plain = first) {
      Socket socket = plain;
      Talk talk = new Talk(socket, this);
      if (!talk.say(answers.getOrDefault("", "220 scripted.example ESMTP"))) {
        return;
      }
      String line;
      while ((line = talk.in.readLine()) != null) {
        String word = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
        commands.add(line);
        if (word.equals("STARTTLS") && offersTls) {
          if (!talk.say("220 go on")) {
            return;
          }
          SSLSocket secured =
              (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
          secured.setUseClientMode(false);
          secured.startHandshake();
          socket = secured;
          talk = new Talk(secured, this);
        } else if (!talk.reply(word, socket instanceof SSLSocket)) {
          return;
        }
      }
    } catch (IOException e) {
      closed.countDown(); // the client left; only tests that close look
    }
  }

  private String standard(String word, boolean secure) {
    return switch (word) {
      case "EHLO" ->
          offersTls && !secure
              ? "250-scripted.example\r\n250 STARTTLS"
              : "250-scripted.example\r\n250 AUTH PLAIN LOGIN";
      case "DATA" -> "354 go on";
      case "AUTH" -> "235 welcome";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection, before or after TLS. */
  private static final class Talk {
    private final BufferedReader in;
    private final OutputStream out;
    private final ScriptedServer server;

    Talk(Socket socket, ScriptedServer server) throws IOException {
      this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      this.out = socket.getOutputStream();
      this.server = server;
    }

    /** False when the server has fallen silent and the client is gone. */
    boolean say(String answer) throws IOException {
      if (answer.equals(SILENCE)) {
        int unused = in.read();
        return false;
      }
      out.write((answer + "\r\n").getBytes(ISO_8859_1));
      out.flush();
      return true;
    }

    boolean reply(String word, boolean secure) throws IOException {
      String answer = server.answers.getOrDefault(word, server.standard(word, secure));
      if (!say(answer)) {
        return false;
      }
      if (word.equals("DATA") && answer.startsWith("354")) {
        StringBuilder message = new StringBuilder();
        String line;
        while ((line = in.readLine()) != null && !line.equals(".")) {
          message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        String end = server.answers.getOrDefault(".", "250 taken");
        if (end.startsWith("250")) {
          server.messages.add(message.toString().getBytes(ISO_8859_1));
        }
        return say(end);
      }
      return !word.equals("QUIT");
    }
  }
}
