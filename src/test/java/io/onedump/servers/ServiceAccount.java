package io.onedump.servers;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;

/**
 * A Google service account, whose key is made for one test. It logs in by a signed
 * <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">JWT</a>.
 *
 * @param subject the user that it may and must act for, null for itself
 */
public record ServiceAccount(String email, KeyPair key, String subject) {

    private static final String SCOPE = "https://www.googleapis.com/auth/drive";
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

    /** The key file that Google's console gives out. */
    public String json(String tokenUri) {
        JsonObject json = new JsonObject();
        json.addProperty("type", "service_account");
        json.addProperty("client_id", "1");
        json.addProperty("client_email", email);
        json.addProperty("private_key_id", "1");
        json.addProperty("private_key", "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getPrivate().getEncoded()) + "\n-----END PRIVATE KEY-----\n");
        json.addProperty("token_uri", tokenUri);
        return json.toString();
    }

    /** Whether the token endpoint would take that assertion. */
    boolean accepts(String assertion, String audience) {
        String[] parts = assertion.split("\\.");
        JsonObject claims = decode(parts[1]);
        long now = Instant.now().getEpochSecond();
        long expiry = claims.get("exp").getAsLong();
        return decode(parts[0]).get("alg").getAsString().equals("RS256") && isSigned(parts)
                && email.equals(text(claims, "iss")) && audience.equals(text(claims, "aud"))
                && SCOPE.equals(text(claims, "scope")) && Objects.equals(subject, text(claims, "sub"))
                && expiry > now && expiry <= claims.get("iat").getAsLong() + LONGEST_SECONDS;
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
}
