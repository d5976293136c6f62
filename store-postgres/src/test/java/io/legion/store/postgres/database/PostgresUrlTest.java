package io.legion.store.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PostgresUrlTest {

    private static final String SECRET = "tell-nobody-8f3a";

    @Test
    void credentialsOfAUrlAreNotShown() {
        for (var url : new String[] {
            "postgresql://me:" + SECRET + "@db:5433/data?sslmode=require",
            "jdbc:postgresql://db:5433/data?user=me&password=" + SECRET + "&sslmode=require"
        }) {
            var parsed = PostgresUrl.parse(url);

            assertThat(parsed.jdbc()).isEqualTo("jdbc:postgresql://db:5433/data?sslmode=require");
            assertThat(parsed.user()).isEqualTo("me");
            assertThat(parsed.password()).isEqualTo(SECRET);
            assertThat(parsed.toString()).isEqualTo("db:5433/data");
            assertThat(HikariPostgres.Config.of(url).hasPasswordInUrl()).isTrue();
            assertThat(HikariPostgres.Config.of(url).toString())
                    .contains("db:5433/data")
                    .doesNotContain(SECRET);
        }
    }

    @Test
    void whatIsNoUrlIsRefusedWithoutBeingRepeated() {
        for (var wrong : new String[] {
            "",
            "mysql://db/data",
            "postgresql://" + SECRET,
            "postgresql://u:" + SECRET + "@db/",
            "postgresql://u:a/" + SECRET + "@db/data",
            "postgresql://u:%zz" + SECRET + "@db/data"
        }) {
            assertThatThrownBy(() -> HikariPostgres.Config.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("jdbc:postgresql://HOST:5432/DATABASE")
                    .message()
                    .doesNotContain(SECRET);
        }
    }
}
