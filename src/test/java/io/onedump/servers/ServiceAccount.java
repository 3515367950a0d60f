package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/**
 * A Google service account, whose key is made for one test. It logs in by a signed
 * <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">JWT</a>.
 *
 * @param subject the user that it may act for, null for none
 */
public record ServiceAccount(String email, KeyPair key, String subject) {

    private static final String SCOPE = "https://www.googleapis.com/auth/drive";
    private static final String READ_ONLY = SCOPE + ".readonly";
    private static final Set<String> SCOPES = Set.of(SCOPE, READ_ONLY);
    private static final int LONGEST_SECONDS = 3600;

    public static ServiceAccount create(String subject) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new ServiceAccount("backup@tests.iam.gserviceaccount.com", generator.generateKeyPair(), subject);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the file that Google's console gives out. */
    public Path writeKey(Path file, URI server) {
        try {
            return Files.writeString(file, json(server + DriveTokens.PATH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json(String tokenUri) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "service_account");
        json.addProperty("client_id", "1");
        json.addProperty("client_email", email);
        json.addProperty("private_key_id", "1");
        json.addProperty("private_key", "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded()) + "\n-----END PRIVATE"
                + " KEY-----\n");
        json.addProperty("token_uri", tokenUri);
        return json.toString();
    }

    /** What Google's token endpoint says to that assertion. */
    Answer answer(String assertion, String audience) {
        String[] parts = assertion.split("\\.");
        JsonObject claims = decode(parts[1]);
        long now = Instant.now().getEpochSecond();
        long expiry = claims.get("exp").getAsLong();
        String wantedSubject = text(claims, "sub");
        String scope = text(claims, "scope");
        if (!email.equals(text(claims, "iss")) || !audience.equals(text(claims, "aud"))) {
            return Answer.refused(400, "invalid_grant", "Invalid grant: account not found");
        }
        if (!decode(parts[0]).get("alg").getAsString().equals("RS256") || !isSigned(parts)) {
            return Answer.refused(400, "invalid_grant", "Invalid JWT Signature.");
        }
        if (expiry <= now || expiry > claims.get("iat").getAsLong() + LONGEST_SECONDS) {
            return Answer.refused(400, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60"
                    + " minutes) and in"
                    + " a reasonable timeframe. Check your iat and exp values in the JWT claim.");
        }
        if (wantedSubject != null && (!wantedSubject.equals(subject) || !SCOPE.equals(scope))) {
            return Answer.refused(401, "unauthorized_client", "Client is unauthorized to retrieve access tokens"
                    + " using this"
                    + " method, or client not authorized for any of the scopes requested.");
        }
        return SCOPES.contains(scope)
                ? new Answer(200, null, null, new Login(wantedSubject, scope))
                : Answer.refused(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.");
    }

    private boolean isSigned(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String text(JsonObject claims, String name) {
        return claims.has(name) ? claims.get(name).getAsString() : null;
    }

    private static JsonObject decode(String part) {
        return JsonParser.parseString(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8))
                .getAsJsonObject();
    }

    /**
     * Who a token is for.
     *
     * @param subject null for the account itself
     */
    record Login(String subject, String scope) {

        boolean isReadOnly() {
            return scope.equals(READ_ONLY);
        }
    }

    /**
     * @param error null for none
     * @param login null after an error
     */
    record Answer(int status, String error, String description, Login login) {

        static Answer refused(int status, String error, String description) {
            return new Answer(status, error, description, null);
        }
    }
}
