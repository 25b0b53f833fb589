package org.kiban.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {

  @Test
  void linesUpByWhatATerminalShows() {
    Grid grid = new Grid(List.of("コード", "name", "状態"));
    grid.add(List.of("332020", "倉敷市", "動作中"));
    grid.add(List.of("041009", "Sendai 髙﨑𠮷", "待"));
    assertThat(grid.lines())
        .containsExactly(
            "コード | name          | 状態",
            "-------+---------------+-------",
            "332020 | 倉敷市        | 動作中",
            "041009 | Sendai 髙﨑𠮷 | 待");
    assertThat(Grid.width("か\u3099")).as("a combining mark has no width").isEqualTo(2);
  }
}
