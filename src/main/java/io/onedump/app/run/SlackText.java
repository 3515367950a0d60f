package io.onedump.app.run;

import com.google.gson.annotations.SerializedName;
import org.apache.camel.component.slack.helper.SlackMessage;

/**
 * A message whose icon an incoming webhook shows: Slack reads {@code icon_emoji} with colons, the stock message writes
 * {@code iconEmoji} as it stands in the option.
 */
public final class SlackText extends SlackMessage {

    @SerializedName("icon_emoji")
    private String icon;

    /** For a {@code bean} step of the notify route; what Slack would take for a mention or a link is text. */
    public static SlackText of(String text) {
        SlackText message = new SlackText();
        message.setText(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        return message;
    }

    /** @param name of an emoji, with or without colons */
    @Override
    public void setIconEmoji(String name) {
        icon = name == null || name.isBlank() ? null : ":" + name.replace(":", "") + ":";
    }
}
