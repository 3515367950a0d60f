package io.onedump.servers;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.google.gson.JsonObject;

/** Google's token endpoint: refresh tokens of a user, and assertions of a {@link ServiceAccount}. */
final class DriveTokens {

    static final String PATH = "/token";

    private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private final Supplier<String> accessToken;
    private volatile ServiceAccount serviceAccount;
    private volatile ServiceAccount.Login login;

    DriveTokens(Supplier<String> accessToken) {
        this.accessToken = accessToken;
    }

    void allow(ServiceAccount account) {
        serviceAccount = account;
    }

    /** Whether the present token is for reading only. */
    boolean isReadOnly() {
        return login != null && login.isReadOnly();
    }

    /** A service account that acts for nobody else has no space of its own. */
    boolean ownsSpace() {
        return login == null || login.subject() != null;
    }

    CloudAnswer answer(CloudRequest request, URI endpoint) throws IOException {
        Map<String, String> form = form(new String(request.body().readAllBytes(), StandardCharsets.UTF_8));
        if (JWT.equals(form.get("grant_type")) && serviceAccount != null) {
            ServiceAccount.Answer answer = serviceAccount.answer(form.get("assertion"), endpoint + PATH);
            if (answer.error() != null) {
                return refused(answer.status(), answer.error(), answer.description());
            }
            login = answer.login();
            return granted();
        }
        if (!"refresh_token".equals(form.get("grant_type"))
                || !CloudServer.REFRESH_TOKEN.equals(form.get("refresh_token"))) {
            return refused(400, "invalid_grant", "Bad Request");
        }
        if (!CloudServer.CLIENT_ID.equals(form.get("client_id"))
                || !CloudServer.CLIENT_SECRET.equals(form.get("client_secret"))) {
            return refused(401, "invalid_client", "Unauthorized");
        }
        login = null;
        return granted();
    }

    private CloudAnswer granted() {
        JsonObject answer = new JsonObject();
        answer.addProperty("access_token", accessToken.get());
        answer.addProperty("expires_in", 3600);
        answer.addProperty("token_type", "Bearer");
        return CloudAnswer.json(200, answer);
    }

    private static CloudAnswer refused(int status, String error, String description) {
        JsonObject answer = new JsonObject();
        answer.addProperty("error", error);
        answer.addProperty("error_description", description);
        return CloudAnswer.json(status, answer);
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&")).map(pair -> pair.split("=", 2)).filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
