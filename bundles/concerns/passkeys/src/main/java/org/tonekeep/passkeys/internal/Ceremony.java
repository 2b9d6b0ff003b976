package org.tonekeep.passkeys.internal;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.challenge.Challenge;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * The judgement of WebAuthn sections 7.1 and 7.2, by the library. User verification is always
 * required. Attestation is not asked for and not judged: which device somebody has is his business.
 */
@Component(service = Ceremony.class)
public final class Ceremony {
  private static final int LONGEST_ID = 1023; // WebAuthn section 4, credential id
  private static final int LONGEST_CLIENT_DATA = 8 * 1024;
  private static final int LONGEST_ATTESTATION = 32 * 1024;
  private static final int LONGEST_AUTHENTICATOR_DATA = 8 * 1024;
  private static final int LONGEST_SIGNATURE = 1024;

  /** COSE algorithms that are offered, best first: EdDSA, ES256, RS256. */
  static final List<Long> ALGORITHMS = List.of(-8L, -7L, -257L);

  private final WebAuthnManager library;
  private final AttestedCredentialDataConverter credentials;

  @Activate
  public Ceremony() {
    ObjectConverter converter = new ObjectConverter();
    this.library = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    this.credentials = new AttestedCredentialDataConverter(converter);
  }

  /**
   * A credential that was just made.
   *
   * @param idHash SHA-256 of its id
   * @param credential see {@link Passkey#credential}
   */
  record Made(String idHash, String credential, int flags, long signCount) {}

  /**
   * How a passkey stands after it was used.
   *
   * @param flags as of now
   */
  record Used(int flags, long signCount) {}

  /** The challenge that the browser says it answers. */
  byte[] challenge(Answer answer) {
    byte[] clientData = need(answer.clientData(), LONGEST_CLIENT_DATA);
    return judged(
        () -> {
          CollectedClientData data =
              new com.webauthn4j.converter.CollectedClientDataConverter(new ObjectConverter())
                  .convert(clientData);
          Challenge challenge = data == null ? null : data.getChallenge();
          byte[] value = challenge == null ? null : challenge.getValue();
          if (value == null) {
            throw new RefusedException();
          }
          return value;
        });
  }

  /** Hash of the credential's id. */
  String idHash(Answer answer) {
    return Base64Url.hash(need(answer.id(), LONGEST_ID));
  }

  /**
   * Judges a registration.
   *
   * @throws RefusedException when it proves nothing
   */
  Made register(RelyingParty party, byte[] challenge, Answer answer) {
    requireType(answer);
    byte[] id = need(answer.id(), LONGEST_ID);
    RegistrationRequest request =
        new RegistrationRequest(
            need(answer.attestation(), LONGEST_ATTESTATION),
            need(answer.clientData(), LONGEST_CLIENT_DATA));
    return judged(
        () -> {
          RegistrationData data =
              library.verify(
                  request,
                  new RegistrationParameters(
                      party.expecting(new DefaultChallenge(challenge)),
                      ALGORITHMS.stream().map(Ceremony::parameters).toList(),
                      true,
                      true));
          AuthenticatorData<?> authenticator =
              present(present(data.getAttestationObject()).getAuthenticatorData());
          AttestedCredentialData made = present(authenticator.getAttestedCredentialData());
          if (!MessageDigest.isEqual(id, made.getCredentialId())) {
            throw new RefusedException();
          }
          return new Made(
              Base64Url.hash(id),
              Base64Url.text(credentials.convert(made)),
              flags(authenticator),
              authenticator.getSignCount());
        });
  }

  /**
   * Judges an assertion of a passkey.
   *
   * @throws RefusedException when it proves nothing
   */
  Used use(RelyingParty party, byte[] challenge, Passkey passkey, Answer answer) {
    requireType(answer);
    AuthenticationRequest request =
        new AuthenticationRequest(
            need(answer.id(), LONGEST_ID),
            need(answer.authenticatorData(), LONGEST_AUTHENTICATOR_DATA),
            need(answer.clientData(), LONGEST_CLIENT_DATA),
            need(answer.signature(), LONGEST_SIGNATURE));
    return judged(
        () -> {
          AuthenticationData data =
              library.verify(
                  request,
                  new AuthenticationParameters(
                      party.expecting(new DefaultChallenge(challenge)),
                      record(passkey),
                      null,
                      true,
                      true));
          AuthenticatorData<?> authenticator = present(data.getAuthenticatorData());
          return new Used(
              flags(authenticator) | (passkey.flags() & Passkey.VERIFIED),
              authenticator.getSignCount());
        });
  }

  private CredentialRecordImpl record(Passkey passkey) {
    byte[] bytes = Base64Url.bytes(passkey.credential(), LONGEST_ATTESTATION).orElseThrow();
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        (passkey.flags() & Passkey.VERIFIED) != 0,
        (passkey.flags() & Passkey.BACKUP_ELIGIBLE) != 0,
        (passkey.flags() & Passkey.BACKED_UP) != 0,
        passkey.signCount(),
        credentials.convert(bytes),
        new AuthenticationExtensionsAuthenticatorOutputs<>(),
        null,
        null,
        null);
  }

  /** The id of a passkey's credential, base64url, for lists of what a device already has. */
  String credentialId(Passkey passkey) {
    byte[] bytes = Base64Url.bytes(passkey.credential(), LONGEST_ATTESTATION).orElseThrow();
    return Base64Url.text(credentials.extractCredentialId(bytes));
  }

  private static int flags(AuthenticatorData<?> data) {
    return (data.isFlagUV() ? Passkey.VERIFIED : 0)
        | (data.isFlagBE() ? Passkey.BACKUP_ELIGIBLE : 0)
        | (data.isFlagBS() ? Passkey.BACKED_UP : 0);
  }

  private static PublicKeyCredentialParameters parameters(long algorithm) {
    return new PublicKeyCredentialParameters(
        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm));
  }

  private static void requireType(Answer answer) {
    if (!"public-key".equals(answer.type())) {
      throw new RefusedException();
    }
  }

  private static byte[] need(@Nullable String text, int most) {
    return Base64Url.bytes(text, most).orElseThrow(RefusedException::new);
  }

  private static <T> T present(@Nullable T value) {
    return Optional.ofNullable(value).orElseThrow(RefusedException::new);
  }

  /**
   * The input is a stranger's, and the library has many ways to say no, also of its parsers: each
   * of them is a refusal, none an error of ours.
   */
  private static <T> T judged(Supplier<T> work) {
    try {
      return work.get();
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new RefusedException(e);
    }
  }
}
