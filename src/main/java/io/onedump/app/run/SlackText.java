package io.onedump.app.run;

import java.util.regex.Pattern;

import com.google.gson.annotations.SerializedName;
import io.onedump.artifact.CleanText;
import org.apache.camel.component.slack.helper.SlackMessage;

/**
 * A message whose icon an incoming webhook shows: Slack reads {@code icon_emoji} with colons, the stock message writes
 * {@code iconEmoji} as it stands in the option.
 */
public final class SlackText extends SlackMessage {

    @SerializedName("icon_emoji")
    private String icon;

    /** Slack shows these as the characters that they are, so that no text of others becomes one of them. */
    private static final Pattern ENTITY = Pattern.compile("&(?=(amp|lt|gt);)");
    /** Mentions, channels and links; a word alone in such brackets is none. */
    private static final Pattern CONTROL = Pattern.compile("<(?![A-Za-z]*>)");

    /** For a {@code bean} step of the notify route; what Slack would take for a mention or a link is text. */
    public static SlackText of(String text) {
        SlackText message = new SlackText();
        message.setText(CONTROL.matcher(ENTITY.matcher(CleanText.lines(text)).replaceAll("&amp;")).replaceAll("&lt;"));
        return message;
    }

    /** @param name of an emoji, with or without colons */
    @Override
    public void setIconEmoji(String name) {
        icon = name == null || name.isBlank() ? null : ":" + name.replace(":", "") + ":";
    }
}
